import { MESSAGES_MARK } from "#lib/gateway/contract/kept-thought.ts";
import type { WireBody } from "#lib/gateway/contract/wire.ts";

/**
 * The conversation without thoughts that are not Claude's; undefined: it holds none. Callers give back what they got,
 * and Anthropic refuses a thought that it did not sign.
 */
export function withoutForeignThoughts({ messages }: WireBody, source: string): unknown[] | undefined {
  if (!source.includes(MESSAGES_MARK) || !Array.isArray(messages)) return undefined;
  const kept = messages.flatMap((message: { content?: unknown }) => {
    const { content } = message;
    if (!Array.isArray(content) || !content.some(isForeign)) return [message];
    const rest = content.filter((block) => !isForeign(block));
    return rest.length === 0 ? [] : [{ ...message, content: rest }];
  });
  const isChanged = kept.length !== messages.length || kept.some((message, index) => message !== messages[index]);
  return isChanged ? kept : undefined;
}

function isForeign(block: unknown): boolean {
  const { type, signature } = (block ?? {}) as { type?: unknown; signature?: unknown };
  return type === "thinking" && typeof signature === "string" && signature.startsWith(MESSAGES_MARK);
}
