import { expect, test } from "vitest";
import { formatPatience } from "./patience.ts";

test.each([
  [{}, ""],
  [{ firstTokenTimeoutMs: 1_500 }, "1.5 s to its first token"],
  [{ answerTimeoutMs: 300_000, maxRetries: 1 }, "300 s for a whole answer and 1 retry"],
  [
    { firstTokenTimeoutMs: 5_000, answerTimeoutMs: 30_000, maxRetries: 0 },
    "5 s to its first token, 30 s for a whole answer and no retry",
  ],
])("patience with a target reads as a list of what is not as usual: %j", (patience, expected) => {
  expect(formatPatience(patience)).toBe(expected);
});
