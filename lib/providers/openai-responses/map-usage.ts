import { z } from "zod";
import type { Usage } from "#lib/gateway/contract/usage.ts";
import { chargeOf } from "../map-charge.ts";

const count = z.number().int().nonnegative();

const usageSchema = z.object({
  input_tokens: count,
  output_tokens: count.nullish(),
  input_tokens_details: z.object({ cached_tokens: count.nullish(), cache_write_tokens: count.nullish() }).nullish(),
  output_tokens_details: z.object({ reasoning_tokens: count.nullish() }).nullish(),
});

/** The provider's own count, or null when it gave none that can be read. */
export function mapUsage(value: unknown): Usage | null {
  const parsed = usageSchema.safeParse(value);
  if (!parsed.success) return null;
  const { input_tokens, output_tokens, input_tokens_details, output_tokens_details } = parsed.data;
  return {
    inputTokens: input_tokens,
    outputTokens: output_tokens ?? 0,
    cachedInputTokens: input_tokens_details?.cached_tokens ?? 0,
    cacheWriteTokens: input_tokens_details?.cache_write_tokens ?? 0,
    reasoningTokens: output_tokens_details?.reasoning_tokens ?? 0,
    ...chargeOf(value),
  };
}
