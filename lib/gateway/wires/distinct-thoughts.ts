import type { RequestHint, Thought } from "../contract/wire.ts";

/** One hint for all thoughts that the same targets take back, with the first field that holds one. */
export function distinctThoughts(found: Iterable<readonly [param: string, thought: Thought]>): RequestHint[] {
  const hints = new Map<string, RequestHint>();
  for (const [param, thought] of found) {
    const key = JSON.stringify(thought);
    if (!hints.has(key)) hints.set(key, { hint: "earlier-reasoning", param, thought });
  }
  return [...hints.values()];
}
