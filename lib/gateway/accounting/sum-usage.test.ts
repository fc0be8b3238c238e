import { expect, test } from "vitest";
import { makeAttempt, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { sumUsage } from "./sum-usage.ts";

test("what all attempts used is counted together, kind by kind", () => {
  const usage = { inputTokens: 1, outputTokens: 2, cachedInputTokens: 3, cacheWriteTokens: 4, reasoningTokens: 5 };
  const attempts = [makeAttempt({ usage }), makeAttempt({ status: "failed" }), makeAttempt({ usage })];
  expect(sumUsage(attempts)).toEqual({
    inputTokens: 2,
    outputTokens: 4,
    cachedInputTokens: 6,
    cacheWriteTokens: 8,
    reasoningTokens: 10,
  });
  expect(usage.inputTokens).toBe(1);
});

test("nothing reported is not zero", () => {
  expect(sumUsage([])).toBeNull();
  expect(sumUsage([makeAttempt({ usage: null })])).toBeNull();
  expect(sumUsage([makeAttempt({ usage: makeUsage(0, 0) })])).toEqual(makeUsage(0, 0));
});
