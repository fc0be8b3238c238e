import { expect, test } from "vitest";
import { createSignInThrottle } from "./sign-in-throttle.ts";

function failing(times: number) {
  const throttle = createSignInThrottle();
  for (let time = 0; time < times; time += 1) throttle.recordFailure("ann@example.com");
  return throttle;
}

test("ten wrong passwords close an address, nine do not", () => {
  expect(failing(9).isBlocked("ann@example.com")).toBe(false);
  expect(failing(10).isBlocked("ann@example.com")).toBe(true);
});

test("one address does not close another", () => {
  expect(failing(10).isBlocked("bob@example.com")).toBe(false);
});

test("a right password begins the count anew", () => {
  const throttle = failing(9);
  throttle.recordSuccess("ann@example.com");
  throttle.recordFailure("ann@example.com");
  expect(throttle.isBlocked("ann@example.com")).toBe(false);
});
