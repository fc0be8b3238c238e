import { z } from "zod";
import type { Usage } from "#lib/gateway/contract/usage.ts";

const count = z.number().int().nonnegative();

const countsSchema = z.object({
  input_tokens: count,
  output_tokens: count.nullish(),
  cache_read_input_tokens: count.nullish(),
  cache_creation_input_tokens: count.nullish(),
});
type Counts = z.infer<typeof countsSchema>;

const usageSchema = countsSchema.extend({
  output_tokens_details: z.object({ thinking_tokens: count.nullish() }).nullish().catch(null),
  iterations: z
    .array(countsSchema.extend({ type: z.string() }))
    .nullish()
    .catch(null),
});

/**
 * The provider's own count, or null when it gave none that can be read. Anthropic's `input_tokens` leave out what was
 * read from its cache and what was written there: ours count both in. Its totals leave out what it took to compact the
 * conversation, which it charges for all the same.
 */
export function mapUsage(value: unknown): Usage | null {
  if (value === null || value === undefined) return null;
  const parsed = usageSchema.safeParse(value);
  if (!parsed.success) return null;
  const { output_tokens_details: details, iterations, ...totals } = parsed.data;
  const compactions = iterations?.filter(({ type }) => type === "compaction") ?? [];
  const parts = [totals, ...compactions];
  const cachedInputTokens = sum(parts, "cache_read_input_tokens");
  const cacheWriteTokens = sum(parts, "cache_creation_input_tokens");
  return {
    inputTokens: sum(parts, "input_tokens") + cachedInputTokens + cacheWriteTokens,
    outputTokens: sum(parts, "output_tokens"),
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens: details?.thinking_tokens ?? 0,
  };
}

function sum(parts: readonly Counts[], field: keyof Counts): number {
  return parts.reduce((total, part) => total + (part[field] ?? 0), 0);
}
