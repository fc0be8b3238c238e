import { describe, expect, test } from "vitest";
import { formatApproximateDollars, formatExactMoney, formatMoney, toApproximateDollars } from "./money.ts";

describe("formatMoney", () => {
  test.each([
    ["0", "$0.00"],
    ["1", "$0.000000001"],
    ["125000", "$0.000125"],
    ["123456", "$0.000123"],
    ["500000000", "$0.50"],
    ["10000000", "$0.01"],
    ["999999999", "$1.00"],
    ["1234567890", "$1.23"],
    ["1999999999", "$2.00"],
    ["1234567000000000", "$1,234,567.00"],
    ["-2500000000", "−$2.50"],
  ])("%s nano-dollars read as %s", (nanoUsd, expected) => {
    expect(formatMoney(nanoUsd)).toBe(expected);
  });

  test("no amount above zero reads as nothing", () => {
    for (let nanoUsd = 1n; nanoUsd < 10n ** 12n; nanoUsd *= 7n) expect(formatMoney(nanoUsd)).not.toBe("$0.00");
  });

  test("amounts past the safe integers keep their digits", () => {
    expect(formatMoney("9007199254740993000000000")).toBe("$9,007,199,254,740,993.00");
  });
});

describe("formatExactMoney", () => {
  test.each([
    ["3000000000", "$3.00"],
    ["75000000", "$0.075"],
    ["1125000000", "$1.125"],
    ["1234567891", "$1.234567891"],
    ["0", "$0.00"],
  ])("%s nano-dollars are written in full as %s", (nanoUsd, expected) => {
    expect(formatExactMoney(nanoUsd)).toBe(expected);
  });
});

test("dollars for an axis come back as money", () => {
  expect(formatApproximateDollars(toApproximateDollars("1250000"))).toBe("$0.00125");
});
