import { expect, test } from "vitest";
import { createSignInThrottle } from "./sign-in-throttle.ts";

const ANN = "ann@example.com";

function failing(times: number) {
  const throttle = createSignInThrottle();
  for (let time = 0; time < times; time += 1) throttle.begin(ANN);
  return throttle;
}

test("ten wrong passwords close an address, nine do not", () => {
  expect(failing(9).begin(ANN)).toBe(true);
  expect(failing(10).begin(ANN)).toBe(false);
});

test("one address does not close another", () => {
  expect(failing(10).begin("bob@example.com")).toBe(true);
});

test("a right password begins the count anew", () => {
  const throttle = failing(9);
  throttle.recordSuccess(ANN);
  expect(Array.from({ length: 11 }, () => throttle.begin(ANN))).toEqual([...Array(10).fill(true), false]);
});

test("an attempt that could not be checked is none", () => {
  const throttle = failing(10);
  throttle.takeBack(ANN);
  expect([throttle.begin(ANN), throttle.begin(ANN)]).toEqual([true, false]);
  throttle.takeBack("bob@example.com");
  expect(throttle.begin("bob@example.com")).toBe(true);
});
