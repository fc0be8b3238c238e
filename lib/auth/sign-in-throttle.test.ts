import { expect, test } from "vitest";
import { type Attempt, createSignInThrottle, type SignInThrottle } from "./sign-in-throttle.ts";

const ANN = { email: "ann@example.com", address: "192.0.2.1" };
const BOB = { ...ANN, email: "bob@example.com" };
const ANN_ELSEWHERE = { ...ANN, address: "198.51.100.1" };

function fail(throttle: SignInThrottle, times: number, attempt: (time: number) => Attempt = () => ANN) {
  return Array.from({ length: times }, (_, time) => throttle.begin(attempt(time)));
}

function failing(times: number, attempt?: (time: number) => Attempt): SignInThrottle {
  const throttle = createSignInThrottle();
  fail(throttle, times, attempt);
  return throttle;
}

test("ten wrong passwords close an account to who tried them, nine do not", () => {
  expect(failing(9).begin(ANN)).toBe(true);
  expect(failing(10).begin(ANN)).toBe(false);
});

test("they do not close it to its owner elsewhere, nor another account", () => {
  const throttle = failing(10);
  expect(throttle.begin(ANN_ELSEWHERE)).toBe(true);
  expect(throttle.begin(BOB)).toBe(true);
});

test("a hundred from everywhere close it to everyone", () => {
  const from = (time: number) => ({ ...ANN, address: `192.0.2.${time}` });
  expect(failing(99, from).begin(ANN_ELSEWHERE)).toBe(true);
  expect(failing(100, from).begin(ANN_ELSEWHERE)).toBe(false);
  expect(failing(100, from).begin({ ...BOB, address: ANN_ELSEWHERE.address })).toBe(true);
});

test("a hundred of one caller, whatever the account, close the sign-in to it", () => {
  const throttle = failing(100, (time) => ({ ...ANN, email: `${time}@example.com` }));
  expect(throttle.begin(ANN)).toBe(false);
  expect(throttle.begin(ANN_ELSEWHERE)).toBe(true);
});

test("callers that are not known are not taken for one", () => {
  const throttle = failing(100, (time) => ({ address: null, email: `${time}@example.com` }));
  expect(throttle.begin({ ...ANN, address: null })).toBe(true);
});

test("a right password begins the count anew, and leaves what others tried", () => {
  const throttle = failing(9);
  fail(throttle, 95 - 9, (time) => ({ ...ANN, address: `203.0.113.${time}` }));
  throttle.begin(ANN);
  throttle.recordSuccess(ANN);
  expect(fail(throttle, 11)).toEqual([...Array(10).fill(true), false]);
  const left = 100 - (95 - 9) - 10;
  expect(fail(throttle, left + 1, () => ANN_ELSEWHERE)).toEqual([...Array(left).fill(true), false]);
});

test("an attempt that could not be checked is none", () => {
  const throttle = failing(10);
  throttle.takeBack(ANN);
  expect([throttle.begin(ANN), throttle.begin(ANN)]).toEqual([true, false]);
  throttle.takeBack(BOB);
  expect(throttle.begin(BOB)).toBe(true);
});
