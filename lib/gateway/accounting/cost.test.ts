import { describe, expect, test } from "vitest";
import type { Price, TokenPrice } from "../contract/catalog.ts";
import type { Usage } from "../contract/usage.ts";
import { costNanoUsd } from "./cost.ts";

const flat = (nanoUsdPerMillion: bigint): TokenPrice => ({ nanoUsdPerMillion, above: [] });
const stepped = (base: bigint, above: bigint): TokenPrice => ({
  nanoUsdPerMillion: base,
  above: [{ inputTokens: 200_000, nanoUsdPerMillion: above }],
});
const usage = (part: Partial<Usage>): Usage => ({
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  ...part,
});
// $3 in, $15 out, $0.30 cached, $3.75 cache write, as Anthropic publishes for Claude Sonnet 4.5.
const sonnet: Price = {
  validFrom: null,
  input: flat(3_000_000_000n),
  output: flat(15_000_000_000n),
  cachedInput: flat(300_000_000n),
  cacheWrite: flat(3_750_000_000n),
};

describe("cost of a call", () => {
  test("input and output are charged at their own price", () => {
    // 1,000 × $3/M + 500 × $15/M = $0.0105
    expect(costNanoUsd(usage({ inputTokens: 1_000, outputTokens: 500 }), sonnet)).toBe(10_500_000n);
  });

  test("nothing used costs nothing", () => {
    expect(costNanoUsd(usage({}), sonnet)).toBe(0n);
  });

  test("cached and cache-write tokens are taken out of the input and charged at their own price", () => {
    const used = usage({ inputTokens: 10_000, cachedInputTokens: 6_000, cacheWriteTokens: 1_000, outputTokens: 100 });
    // 3,000 × 3 + 6,000 × 0.3 + 1,000 × 3.75 + 100 × 15 = 16,050 millionths of a dollar
    expect(costNanoUsd(used, sonnet)).toBe(16_050_000n);
  });

  test("without a cache price, cached tokens cost as much as others", () => {
    const price = { ...sonnet, cachedInput: null, cacheWrite: null };
    const used = usage({ inputTokens: 10_000, cachedInputTokens: 6_000, cacheWriteTokens: 1_000 });
    expect(costNanoUsd(used, price)).toBe(30_000_000n);
  });

  test("reasoning tokens are part of the output and not charged twice", () => {
    expect(costNanoUsd(usage({ outputTokens: 100, reasoningTokens: 90 }), sonnet)).toBe(1_500_000n);
  });

  test("fractions are summed and rounded half up once", () => {
    // 0.25 + 0.25 nano-dollars: each alone would round to 0, together they round up to 1.
    const price: Price = { ...sonnet, input: flat(250_000n), output: flat(250_000n) };
    expect(costNanoUsd(usage({ inputTokens: 1, outputTokens: 1 }), price)).toBe(1n);
    expect(costNanoUsd(usage({ inputTokens: 1 }), price)).toBe(0n);
  });

  test("a long context makes the whole call dearer, from one token past the limit on", () => {
    const price: Price = {
      validFrom: null,
      input: stepped(3_000_000_000n, 6_000_000_000n),
      output: stepped(15_000_000_000n, 22_500_000_000n),
      cachedInput: stepped(300_000_000n, 600_000_000n),
      cacheWrite: null,
    };
    expect(costNanoUsd(usage({ inputTokens: 200_000, outputTokens: 1_000 }), price)).toBe(615_000_000n);
    expect(costNanoUsd(usage({ inputTokens: 200_001, outputTokens: 1_000 }), price)).toBe(1_222_506_000n);
  });

  test("cached tokens count towards the long context", () => {
    const price: Price = { ...sonnet, cachedInput: stepped(300_000_000n, 600_000_000n) };
    const used = usage({ inputTokens: 300_000, cachedInputTokens: 300_000 });
    expect(costNanoUsd(used, price)).toBe(180_000_000n);
  });

  test("more cached tokens than input never lower the cost", () => {
    expect(costNanoUsd(usage({ inputTokens: 10, cachedInputTokens: 20 }), sonnet)).toBe(6_000n);
  });

  test("amounts past the safe integers of a number stay exact", () => {
    expect(costNanoUsd(usage({ inputTokens: 9_007_199_254_740 }), sonnet)).toBe(27_021_597_764_220_000n);
  });
});
