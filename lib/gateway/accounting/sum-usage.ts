import type { AttemptRecord } from "../contract/invocation.ts";
import type { Usage } from "../contract/usage.ts";

/** What all attempts of a call used together; null when none reported anything. */
export function sumUsage(attempts: readonly AttemptRecord[]): Usage | null {
  let total: Usage | null = null;
  for (const { usage } of attempts) {
    if (usage === null) continue;
    total = total === null ? usage : add(total, usage);
  }
  return total;
}

function add(left: Usage, right: Usage): Usage {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
    cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
  };
}
