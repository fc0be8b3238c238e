import { expect, test } from "vitest";
import { readDollars, writeDollars } from "./dollars.ts";

test.each([
  ["0.15", "150000000"],
  ["3", "3000000000"],
  [" $2.50 ", "2500000000"],
  ["0", "0"],
  ["0.000000001", "1"],
  ["1.", "1000000000"],
])("%s dollars are %s nano-dollars", (text, nanoUsd) => {
  expect(readDollars(text)).toBe(nanoUsd);
});

test.each(["", "-1", "1,5", "abc", "1e3", "0.0000000001", "99999999"])("%j is no amount", (text) => {
  expect(readDollars(text)).toBeNull();
});

test.each(["0.15", "3", "2.5", "0", "0.000000001", "1234567"])("%s comes back as it was typed", (text) => {
  expect(writeDollars(readDollars(text) ?? "")).toBe(text);
});
