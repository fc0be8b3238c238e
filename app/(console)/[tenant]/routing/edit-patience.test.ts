import { describe, expect, test } from "vitest";
import {
  findTimeoutProblems,
  hasTimeoutProblems,
  readSeconds,
  withRetries,
  withTimeout,
  writeSeconds,
} from "./edit-patience.ts";

const target = { provider: "openai", model: "a", connectionId: null };

describe("seconds as people write them", () => {
  test.each([
    ["5", 5_000],
    [" 0.5 ", 500],
    [".25", 250],
    ["1,5", 1_500],
    ["", undefined],
    ["   ", undefined],
    ["soon", Number.NaN],
    ["-1", Number.NaN],
    ["1e3", Number.NaN],
    ["5 s", Number.NaN],
  ])("%j", (text, ms) => {
    expect(readSeconds(text)).toBe(ms);
  });

  test("are written as they were", () => {
    expect([writeSeconds(1_500), writeSeconds(60_000), writeSeconds(undefined)]).toEqual(["1.5", "60", ""]);
  });
});

test("a target gets its own times and retries and gives them back, and keeps the rest", () => {
  const own = withRetries(withTimeout(target, "answerTimeoutMs", 9_000), 0);
  expect(own).toEqual({ ...target, answerTimeoutMs: 9_000, maxRetries: 0 });
  expect(withRetries(withTimeout(own, "answerTimeoutMs", undefined), undefined)).toEqual(target);
});

describe("what is wrong stands beside its field", () => {
  test.each([
    ["nothing written", {}, {}],
    ["the least and the most", { firstTokenTimeoutMs: 100, answerTimeoutMs: 3_600_000 }, {}],
    ["no number", { answerTimeoutMs: Number.NaN }, { answerTimeoutMs: "Write a number of seconds, such as 5 or 0.5." }],
    ["too short", { firstTokenTimeoutMs: 99 }, { firstTokenTimeoutMs: "From 0.1 to 3600 seconds." }],
    ["too long", { answerTimeoutMs: 3_600_001 }, { answerTimeoutMs: "From 0.1 to 3600 seconds." }],
    [
      "a first token later than its answer",
      { firstTokenTimeoutMs: 6_000, answerTimeoutMs: 5_000 },
      { firstTokenTimeoutMs: "No longer than the whole answer, of which it is a part." },
    ],
  ])("%s", (_, patience, problems) => {
    expect(findTimeoutProblems({ ...target, ...patience })).toEqual(problems);
    expect(hasTimeoutProblems({ ...target, ...patience })).toBe(Object.keys(problems).length > 0);
  });
});
