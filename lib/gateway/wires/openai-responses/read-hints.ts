import type { Hint, RequestHint } from "../../contract/wire.ts";
import type { ResponsesBody } from "./schema.ts";

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

/** Words that ask for nothing but what happens anyway. Only storing has to be asked for in earnest. */
const INERT: Readonly<Partial<Record<string, unknown>>> = { service_tier: "auto", store: false };

/** What the request says beside the answer it wants. */
export function readHints(body: ResponsesBody): RequestHint[] {
  const hints: RequestHint[] = FIELDS.filter(([field]) => isSaid(field, body[field])).map(([param, hint]) => ({
    hint,
    param,
  }));
  const marked = findCacheMark(body.input);
  return marked === null ? hints : [...hints, { hint: "prompt-cache", param: marked }];
}

function isSaid(field: string, value: unknown): boolean {
  if (value === undefined || value === null || value === INERT[field]) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** The first part of a message that says where the cache shall reach. */
function findCacheMark(input: unknown): string | null {
  if (!Array.isArray(input)) return null;
  for (const [itemIndex, item] of input.entries()) {
    const { content } = item as { content?: unknown };
    if (!Array.isArray(content)) continue;
    const partIndex = content.findIndex((part) => (part as Record<string, unknown>).prompt_cache_breakpoint != null);
    if (partIndex >= 0) return `input[${itemIndex}].content[${partIndex}].prompt_cache_breakpoint`;
  }
  return null;
}
