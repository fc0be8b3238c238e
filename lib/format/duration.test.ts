import { expect, test } from "vitest";
import { formatDuration, formatMicroseconds } from "./duration.ts";

test.each([
  [0, "0 ms"],
  [0.4, "<1 ms"],
  [340, "340 ms"],
  [999.7, "1.00 s"],
  [1_240, "1.24 s"],
  [12_345, "12.3 s"],
  [59_970, "1 min 0 s"],
  [125_000, "2 min 5 s"],
])("%d ms reads as %s", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

test("the gateway's own time keeps its hundredths of a millisecond", () => {
  expect(formatMicroseconds(420)).toBe("0.42 ms");
  expect(formatMicroseconds(25_000)).toBe("25 ms");
});
