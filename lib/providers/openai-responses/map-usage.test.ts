import { expect, test } from "vitest";
import { mapUsage } from "./map-usage.ts";

test("cached and reasoning tokens are part of the whole", () => {
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 64, cache_write_tokens: 8 },
    output_tokens: 20,
    output_tokens_details: { reasoning_tokens: 12 },
    total_tokens: 120,
  };
  expect(mapUsage(usage)).toEqual({
    inputTokens: 100,
    outputTokens: 20,
    cachedInputTokens: 64,
    cacheWriteTokens: 8,
    reasoningTokens: 12,
  });
});

test("details may be missing", () => {
  expect(mapUsage({ input_tokens: 3 })).toMatchObject({ inputTokens: 3, outputTokens: 0, cachedInputTokens: 0 });
});

test.each([[null], [undefined], [{}], [{ input_tokens: -1 }], ["many"]])(
  "%j is no usage, which is not zero",
  (value) => {
    expect(mapUsage(value)).toBeNull();
  },
);
