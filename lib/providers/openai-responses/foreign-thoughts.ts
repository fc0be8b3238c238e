import { RESPONSES_MARK } from "#lib/gateway/contract/kept-thought.ts";
import type { WireBody } from "#lib/gateway/contract/wire.ts";

/**
 * The input without thoughts that a translation wrote down; undefined: it holds none. Callers give back what they got,
 * and OpenAI refuses a request with a thought that it did not encrypt.
 */
export function withoutForeignThoughts({ input }: WireBody, source: string): unknown[] | undefined {
  if (!source.includes(RESPONSES_MARK) || !Array.isArray(input)) return undefined;
  const kept = input.filter((item) => !isForeign(item));
  return kept.length === input.length ? undefined : kept;
}

function isForeign(item: unknown): boolean {
  const { type, encrypted_content: content } = (item ?? {}) as { type?: unknown; encrypted_content?: unknown };
  return type === "reasoning" && typeof content === "string" && content.startsWith(RESPONSES_MARK);
}
