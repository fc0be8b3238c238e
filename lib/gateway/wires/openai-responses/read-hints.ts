import { RESPONSES_MARK, readKeptContent } from "../../contract/kept-thought.ts";
import type { Hint, RequestHint, Thought } from "../../contract/wire.ts";
import { distinctThoughts } from "../distinct-thoughts.ts";
import { kindOfItem, type ResponsesBody } from "./schema.ts";

const FIELDS: readonly (readonly [field: string, hint: Hint])[] = [
  ["user", "user"],
  ["safety_identifier", "user"],
  ["metadata", "metadata"],
  ["prompt_cache_key", "prompt-cache"],
  ["prompt_cache_retention", "prompt-cache"],
  ["prompt_cache_options", "prompt-cache"],
  ["service_tier", "service-tier"],
  ["store", "store"],
  ["stream_options", "stream-options"],
];

/** What the request says beside the answer it wants. */
export function readHints(body: ResponsesBody): RequestHint[] {
  const hints: RequestHint[] = [];
  for (const [param, hint] of FIELDS) if (isSaid(body[param])) hints.push({ hint, param });
  const items = new Map<Hint, string>();
  for (const [index, item] of (Array.isArray(body.input) ? body.input : []).entries()) {
    readItem(item, `input[${index}]`, (hint, param) => {
      if (!items.has(hint)) items.set(hint, param);
    });
  }
  const thoughts = distinctThoughts(findThoughts(body));
  return [...hints, ...[...items].map(([hint, param]) => ({ hint, param })), ...thoughts];
}

/** `service_tier: auto` and `store: false` ask for nothing but what happens anyway. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "auto") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

type Fields = Readonly<Record<string, unknown>>;

function readItem(item: Fields, param: string, note: (hint: Hint, param: string) => void): void {
  for (const field of ["content", "output"]) {
    const parts = item[field];
    if (!Array.isArray(parts)) continue;
    for (const [index, part] of (parts as Fields[]).entries()) {
      const { prompt_cache_breakpoint: mark, detail } = part ?? {};
      if (mark !== undefined && mark !== null)
        note("prompt-cache", `${param}.${field}[${index}].prompt_cache_breakpoint`);
      if (detail !== undefined && detail !== null && detail !== "auto")
        note("image-detail", `${param}.${field}[${index}].detail`);
    }
  }
}

function findThoughts({ input }: ResponsesBody): [param: string, thought: Thought][] {
  if (!Array.isArray(input)) return [];
  return (input as Fields[]).flatMap((item, index): [string, Thought][] =>
    kindOfItem(item) === "reasoning" ? [[`input[${index}]`, readThought(item)]] : [],
  );
}

/** What OpenAI encrypted itself is its own wire's alone; what a translation wrote down finds its way back. */
function readThought({ encrypted_content: content }: Fields): Thought {
  const isTranslated = typeof content === "string" && content.startsWith(RESPONSES_MARK);
  const kept = readKeptContent(content);
  if (kept === null) return { readers: [], model: null, isTranslated };
  if (kept.seal !== null) return { readers: [kept.seal.by], model: null, isTranslated };
  return { readers: ["unsealed"], model: kept.model, isTranslated };
}
