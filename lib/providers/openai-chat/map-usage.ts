import { z } from "zod";
import type { Usage } from "#lib/gateway/contract/usage.ts";
import { chargeOf } from "../map-charge.ts";

const count = z.number().int().nonnegative();

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count.nullish(),
  prompt_tokens_details: z.object({ cached_tokens: count.nullish(), cache_write_tokens: count.nullish() }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: count.nullish() }).nullish(),
  /** DeepSeek's word for cached tokens. */
  prompt_cache_hit_tokens: count.nullish(),
  /** Mistral's. */
  num_cached_tokens: count.nullish(),
});

/** The provider's own count, or null when it gave none that can be read. */
export function mapUsage(value: unknown): Usage | null {
  if (value === null || value === undefined) return null;
  const parsed = usageSchema.safeParse(value);
  if (!parsed.success) return null;
  const usage = parsed.data;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
    cachedInputTokens:
      usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.num_cached_tokens ?? 0,
    cacheWriteTokens: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    ...chargeOf(value),
  };
}
