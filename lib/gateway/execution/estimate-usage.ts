import type { AttemptRecord } from "../contract/invocation.ts";
import type { WireBody } from "../contract/wire.ts";
import type { GatewayPorts } from "../ports.ts";

/** Images and files as text: their tokens are not their characters'. */
const MAX_WORD_LENGTH = 20_000;

/**
 * Tokens of a call whose provider has not said what it charges: some never do, others could not because the caller left in
 * the middle. Nothing is estimated of a call that was left before its answer began: whether that is charged is not known.
 */
export function estimateUsage(
  { countTokens }: Pick<GatewayPorts, "countTokens">,
  body: WireBody,
  producedText: string,
  record: AttemptRecord,
): void {
  if (producedText === "" && record.status === "aborted") return;
  record.usage = {
    inputTokens: record.usage?.inputTokens ?? countTokens(collectText(body)),
    outputTokens: Math.max(record.usage?.outputTokens ?? 0, countTokens(producedText)),
    cachedInputTokens: record.usage?.cachedInputTokens ?? 0,
    cacheWriteTokens: record.usage?.cacheWriteTokens ?? 0,
    reasoningTokens: record.usage?.reasoningTokens ?? 0,
  };
  record.isUsageEstimated = true;
}

/** Every text of a request, wherever its wire puts it. */
export function collectText(value: unknown): string {
  const texts: string[] = [];
  const visit = (part: unknown) => {
    if (typeof part === "string") {
      if (!(part.startsWith("data:") || (part.length > MAX_WORD_LENGTH && !part.includes(" ")))) texts.push(part);
    } else if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === "object" && part !== null) Object.values(part).forEach(visit);
  };
  const { messages, system, input, instructions, tools } = value as Record<string, unknown>;
  [system, instructions, messages, input, tools].forEach(visit);
  return texts.join("\n");
}
