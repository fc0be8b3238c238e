import { expect, test } from "vitest";
import { percentChange, pointChange } from "./change.ts";

test("a figure's change is a share of what it was", () => {
  expect(percentChange(112.3, 100)).toEqual({ direction: "up", amount: "12.3%" });
  expect(percentChange(50n, 100n)).toEqual({ direction: "down", amount: "50%" });
  expect(percentChange(2_500, 100)).toEqual({ direction: "up", amount: "2,400%" });
});

test("a change too small to write is no change", () => {
  expect(percentChange(100.01, 100)).toEqual({ direction: "same", amount: "0%" });
});

test("there is no change against nothing", () => {
  expect(percentChange(5, 0)).toBeNull();
  expect(pointChange(0.1, null)).toBeNull();
});

test("a rate moves in percentage points", () => {
  expect(pointChange(0.034, 0.03)).toEqual({ direction: "up", amount: "0.4 points" });
});
