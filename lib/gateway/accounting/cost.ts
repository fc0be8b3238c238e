import type { Price, TokenPrice } from "../contract/catalog.ts";
import type { Usage } from "../contract/usage.ts";

const MILLION = 1_000_000n;

/**
 * What a call costs, in nano-dollars, rounded half up once at the end. Cached and cache-write tokens are parts of
 * `inputTokens`; the size of the whole input, cached or not, decides which long-context price holds.
 */
export function costNanoUsd(usage: Usage, price: Price): bigint {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens } = usage;
  // A provider that reports more cached than input tokens must not lead to a negative price.
  const uncached = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens);
  const at = (rate: TokenPrice) => rateFor(rate, inputTokens);
  const total =
    BigInt(uncached) * at(price.input) +
    BigInt(cachedInputTokens) * at(price.cachedInput ?? price.input) +
    BigInt(cacheWriteTokens) * at(price.cacheWrite ?? price.input) +
    BigInt(outputTokens) * at(price.output);
  return (total + MILLION / 2n) / MILLION;
}

function rateFor(price: TokenPrice, inputTokens: number): bigint {
  let rate = price.nanoUsdPerMillion;
  for (const step of price.above) {
    if (inputTokens > step.inputTokens) rate = step.nanoUsdPerMillion;
  }
  return rate;
}
