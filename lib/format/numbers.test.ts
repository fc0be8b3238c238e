import { describe, expect, test } from "vitest";
import { formatCompact, formatInteger, formatShare, shareOf } from "./numbers.ts";

test("integers are grouped by thousands", () => {
  expect(formatInteger(1_234_567)).toBe("1,234,567");
  expect(formatInteger(0)).toBe("0");
});

describe("formatCompact", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1_000, "1k"],
    [12_340, "12.3k"],
    [999_949, "999.9k"],
    [999_999, "1M"],
    [4_120_000, "4.1M"],
    [2_000_000_000, "2B"],
  ])("%d reads as %s", (value, expected) => {
    expect(formatCompact(value)).toBe(expected);
  });
});

describe("formatShare", () => {
  test.each([
    [0, "0%"],
    [0.0123, "1.23%"],
    [0.5, "50%"],
    [1, "100%"],
    [0.00001, "<0.01%"],
    [0.999999, ">99.99%"],
  ])("%d reads as %s", (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });
});

test("a share of nothing is not zero but unknown", () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, 4)).toBe(0.25);
});
