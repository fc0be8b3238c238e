import { z } from "zod";

const text = z.string().nullish().catch(null);

const faultSchema = z.object({
  loc: z
    .array(z.union([z.string(), z.number()]))
    .nullish()
    .catch(null),
  msg: z.string(),
  type: text,
});
type Fault = z.infer<typeof faultSchema>;

const sentenceSchema = z.object({ message: text, msg: text, error: text });

export interface ErrorDetail {
  message: string;
  type: string | null;
  param: string | null;
}

/** More faults than a sentence can hold are not read. */
const MAX_FAULTS = 5;
const MAX_PARAM_LENGTH = 200;

/**
 * FastAPI's `detail`, as vLLM, TGI, LiteLLM and many servers in front of a model give it: a sentence, an object that
 * holds one, or a list of faults with their places. Null: it says nothing. What the caller sent, which a fault repeats,
 * is left out.
 */
export function readErrorDetail(detail: unknown): ErrorDetail | null {
  if (typeof detail === "string") return detail === "" ? null : { message: detail, type: null, param: null };
  if (!Array.isArray(detail)) return readSentence(detail);
  const faults = detail.slice(0, MAX_FAULTS).flatMap((one) => faultSchema.safeParse(one).data ?? []);
  const [first] = faults;
  if (first === undefined) return null;
  return { message: faults.map(describe).join("; "), type: first.type ?? null, param: placeOf(first) };
}

function readSentence(detail: unknown): ErrorDetail | null {
  const { message, msg, error } = sentenceSchema.safeParse(detail).data ?? {};
  const said = message ?? msg ?? error;
  return said ? { message: said, type: null, param: null } : null;
}

function describe(fault: Fault): string {
  const place = placeOf(fault);
  return place === null ? fault.msg : `${place}: ${fault.msg}`;
}

/** `["body", "messages", 0, "content"]` as our own errors write it: `messages[0].content`. */
function placeOf({ loc }: Fault): string | null {
  const steps = loc?.[0] === "body" ? loc.slice(1) : (loc ?? []);
  const path = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return path === "" ? null : path.replace(/^\./, "").slice(0, MAX_PARAM_LENGTH);
}
