import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { Usage } from "#lib/gateway/contract/usage.ts";

/** The provider's own count, or null when it gave none. */
export function mapUsage({ inputTokens, outputTokens, raw }: LanguageModelV4Usage): Usage | null {
  if (inputTokens.total === undefined && outputTokens.total === undefined) return null;
  return {
    inputTokens: inputTokens.total ?? 0,
    outputTokens: outputTokens.total ?? 0,
    cachedInputTokens: inputTokens.cacheRead ?? readCohereCached(raw?.cached_tokens),
    cacheWriteTokens: inputTokens.cacheWrite ?? 0,
    reasoningTokens: outputTokens.reasoning ?? 0,
  };
}

/** Its library leaves out what came from the cache. */
function readCohereCached(count: unknown): number {
  return typeof count === "number" ? count : 0;
}
