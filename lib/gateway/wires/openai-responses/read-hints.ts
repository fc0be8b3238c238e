import type { Hint, RequestHint } from "../../contract/wire.ts";
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
  return [...hints, ...[...items].map(([hint, param]) => ({ hint, param }))];
}

/** `service_tier: auto` and `store: false` ask for nothing but what happens anyway. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "auto") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

type Fields = Readonly<Record<string, unknown>>;

function readItem(item: Fields, param: string, note: (hint: Hint, param: string) => void): void {
  if (kindOfItem(item) === "reasoning" && !isOurs(item)) note("earlier-reasoning", param);
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

/** Thoughts that a translation has sealed find their way back: see its `encrypted_content`. */
function isOurs({ encrypted_content: content }: Fields): boolean {
  return typeof content === "string" && content.startsWith("switchyard1.");
}
