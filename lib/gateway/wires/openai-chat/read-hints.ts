import type { Hint, RequestHint } from "../../contract/wire.ts";
import { distinctThoughts } from "../distinct-thoughts.ts";
import { findThoughts } from "./find-thoughts.ts";
import type { ChatBody } from "./schema.ts";

const FIELDS: readonly (readonly [field: string, hint: Hint])[] = [
  ["user", "user"],
  ["safety_identifier", "user"],
  ["metadata", "metadata"],
  ["store", "store"],
  ["service_tier", "service-tier"],
  ["prompt_cache_key", "prompt-cache"],
  ["prompt_cache_retention", "prompt-cache"],
];

/** What the request says beside the answer it wants. */
export function readHints(body: ChatBody): RequestHint[] {
  const hints: RequestHint[] = [];
  for (const [param, hint] of FIELDS) {
    if (isSaid(body[param])) hints.push({ hint, param });
  }
  const marked = findCacheMark(body);
  if (marked !== null) hints.push({ hint: "prompt-cache", param: marked });
  return [...hints, ...distinctThoughts(findThoughts(body))];
}

/** `service_tier: auto` and `store: false` ask for nothing but what happens anyway. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "auto") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** Anthropic's mark, as it is spelt on parts of this wire, for where the cache shall reach. */
function findCacheMark({ messages }: ChatBody): string | null {
  for (const [index, { content }] of messages.entries()) {
    if (!Array.isArray(content)) continue;
    const at = content.findIndex((part) => (part as Record<string, unknown> | null)?.cache_control != null);
    if (at >= 0) return `messages[${index}].content[${at}].cache_control`;
  }
  return null;
}
