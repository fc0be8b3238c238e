import { z } from "zod";
import type { RequestHint, RequestNeed } from "../../contract/wire.ts";
import { readJson, refuseBody } from "../read-json.ts";
import type { ParsedRequest } from "../wire.ts";
import { isInput } from "./is-input.ts";

/** What we read of an embeddings request. Every other field passes through to the provider as it came. */
const bodySchema = z.looseObject(
  {
    model: z
      .string("must be a string")
      .min(1, "must not be empty")
      .max(300, "must not be longer than 300 characters")
      .nullish(),
    input: z.custom(isInput, "must be a text, a list of texts, or tokens: at least one"),
    dimensions: z.int("must be a whole number").positive("must be more than 0").nullish(),
    encoding_format: z.enum(["float", "base64"], "must be `float` or `base64`").nullish(),
    user: z.string("must be a string").nullish(),
  },
  "must be a JSON object",
);
type EmbeddingsBody = z.infer<typeof bodySchema>;

const READ_FIELDS: ReadonlySet<string> = new Set(["model", "input", "dimensions", "encoding_format", "user"]);

/** Throws `invalid_request` with the field at fault in `param`. */
export function parse(bytes: Uint8Array): ParsedRequest {
  const { source, value } = readJson(bytes);
  const { error } = bodySchema.safeParse(value);
  if (error !== undefined) throw refuseBody(error);
  const body = value as EmbeddingsBody;
  const hints: RequestHint[] = body.user ? [{ hint: "user", param: "user" }] : [];
  return { source, body, model: body.model ?? undefined, isStream: false, needs: readNeeds(body), hints };
}

function readNeeds(body: EmbeddingsBody): RequestNeed[] {
  const needs: RequestNeed[] = [{ feature: "embeddings", param: "input" }];
  // Numbers of a vocabulary: those who know them speak this wire.
  if (Array.isArray(body.input) && typeof body.input[0] !== "string") needs.push({ feature: "other", param: "input" });
  for (const [param, value] of Object.entries(body)) {
    if (!READ_FIELDS.has(param) && value !== undefined && value !== null) needs.push({ feature: "other", param });
  }
  return needs;
}
