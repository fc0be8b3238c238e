import { describe, expect, test } from "vitest";
import { makeFailure } from "#e2e/isolation/support/gateway.ts";
import { CAN_RETRY_HERE, FAILURE_KINDS, NEXT_STEP, type ProviderFailure } from "../failures.ts";
import { nextStep, type StepFacts } from "./next-step.ts";

const facts = (part: Partial<StepFacts> = {}): StepFacts => ({
  retriesHere: 0,
  maxRetries: 2,
  hasOthers: false,
  remainingMs: 60_000,
  canRetryFiltered: false,
  random: () => 0.5,
  ...part,
});
const step = (failure: ProviderFailure, part?: Partial<StepFacts>) => nextStep(failure, facts(part));
const overloaded = (retryAfterMs: number | null = null) => makeFailure("overloaded", { retryAfterMs });
const limited = (retryAfterMs: number | null = null) => makeFailure("rate-limited", { retryAfterMs });

const RETRY = (waitMs: number) => ({ kind: "retry", waitMs });
const NEXT = { kind: "next", largerContext: false };
const STOP = { kind: "stop" };

describe("every kind of failure leads where its tables say", () => {
  test.each(FAILURE_KINDS)("%s", (kind) => {
    const here = step(makeFailure(kind));
    expect(here.kind === "retry").toBe(CAN_RETRY_HERE[kind]);
    const spent = step(makeFailure(kind), { retriesHere: 2 });
    const expected = {
      "next-target": NEXT,
      "larger-context": { kind: "next", largerContext: true },
      "next-if-allowed": STOP,
      stop: STOP,
    }[NEXT_STEP[kind]];
    expect(spent).toEqual(expected);
  });
});

test("what a filter refused goes to the next target where the tenant allows it, and never to the same", () => {
  expect(step(makeFailure("content-filtered"), { canRetryFiltered: true, hasOthers: true })).toEqual(NEXT);
  expect(step(makeFailure("content-filtered"), { canRetryFiltered: false, hasOthers: true })).toEqual(STOP);
});

describe("how often a target is tried again", () => {
  test.each([0, 1, 2])("is %i times where it may be so often, with another at hand or not", (maxRetries) => {
    for (const hasOthers of [true, false]) {
      const isRetried = (retriesHere: number) =>
        step(overloaded(), { retriesHere, maxRetries, hasOthers }).kind === "retry";
      expect([0, 1, 2, 3].map(isRetried)).toEqual([0, 1, 2, 3].map((retriesHere) => retriesHere < maxRetries));
    }
  });

  test.each([
    ["an address that does not resolve", makeFailure("network", { code: "ENOTFOUND" })],
    ["a certificate that does not hold", makeFailure("network", { code: "CERT_HAS_EXPIRED" })],
    ["a model that is not there", makeFailure("bad-response", { httpStatus: 404 })],
    ["silence", makeFailure("timeout")],
  ])("never after %s", (_, failure) => {
    expect(step(failure)).toEqual(NEXT);
  });
});

describe("how long it waits before", () => {
  test.each([
    [0, 0, 0],
    [0, 0.999, 249.75],
    [1, 0.5, 250],
    [1, 0.999, 499.5],
  ])("retry %i with luck %d: %d ms, anywhere from nothing to a bound that doubles", (retriesHere, luck, waitMs) => {
    expect(step(overloaded(), { retriesHere, random: () => luck })).toEqual(RETRY(waitMs));
  });

  test("at least as long as the provider asked", () => {
    expect(step(overloaded(1_500))).toEqual(RETRY(1_500));
    expect(step(limited(20_000))).toEqual(RETRY(20_000));
    expect(step(overloaded(0), { random: () => 0.4 })).toEqual(RETRY(100));
  });

  test.each([
    ["just under two seconds", 2_000, RETRY(2_000)],
    ["longer", 2_001, NEXT],
  ])("with another target at hand %s", (_, retryAfterMs, expected) => {
    expect(step(overloaded(retryAfterMs), { hasOthers: true })).toEqual(expected);
    expect(step(limited(retryAfterMs), { hasOthers: true })).toEqual(expected);
  });

  test("a limit that does not say when it ends is not waited for when there is another target", () => {
    expect(step(limited(), { hasOthers: true })).toEqual(NEXT);
    expect(step(limited(), { hasOthers: false })).toEqual(RETRY(125));
  });

  test.each([
    [5_000, RETRY(4_999)],
    [4_999, NEXT],
    [100, NEXT],
    [-1, NEXT],
  ])("and never past the deadline: %i ms left", (remainingMs, expected) => {
    expect(step(limited(4_999), { remainingMs })).toEqual(expected);
  });
});
