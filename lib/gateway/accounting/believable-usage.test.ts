import { expect, test } from "vitest";
import { believableUsage } from "./believable-usage.ts";

const usage = { inputTokens: 5, outputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };

test("a count that can be true stays as it is", () => {
  expect(believableUsage(usage)).toBe(usage);
  expect(believableUsage({ ...usage, inputTokens: 100_000_000 })).not.toBeNull();
  expect(believableUsage(null)).toBeNull();
});

test.each(Object.keys(usage))("%s beyond what any call can hold make the whole count unknown", (kind) => {
  expect(believableUsage({ ...usage, [kind]: 100_000_001 })).toBeNull();
  expect(believableUsage({ ...usage, [kind]: 1e15 })).toBeNull();
});
