import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "#e2e/isolation/support/fake-clock.ts";
import type { AttemptOutcome } from "../ports.ts";
import { type Breaker, createBreaker, PROBE_INTERVAL_MS } from "./breaker.ts";

let clock: FakeClock;
let breaker: Breaker;

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  breaker = createBreaker(clock);
});

const admit = () => breaker.admit("c", "m");
const find = () => breaker.find("c", "m");
const report = (kind: AttemptOutcome["kind"], retryAfterMs: number | null = null) =>
  breaker.report("c", "m", { kind, retryAfterMs });
const repeat = (times: number, kind: AttemptOutcome["kind"]) => {
  for (let at = 0; at < times; at += 1) report(kind);
};

test("a target that nobody has tried is ready", () => {
  expect(find()).toEqual({ state: "ready", waitMs: 0 });
  expect(admit()).toBe(true);
  expect(breaker.circuits()).toEqual([]);
});

describe("a circuit opens", () => {
  test.each([
    ["not by nine failures alone", 0, 9, "ready"],
    ["by ten", 0, 10, "open"],
    ["not when fewer than half failed", 20, 9, "ready"],
    ["when half failed", 9, 9, "open"],
    ["by ten in a row, however well it did before", 1_000, 10, "open"],
  ])("%s", (_, successes, failures, state) => {
    repeat(successes, "success");
    repeat(failures, "failure");
    expect(find().state).toBe(state);
  });

  test("not by ten of many with successes between them", () => {
    for (let at = 0; at < 10; at += 1) {
      repeat(2, "success");
      report("failure");
    }
    expect(find().state).toBe("ready");
  });

  test("by as few attempts as it is told to look at", () => {
    breaker = createBreaker(clock, 3);
    repeat(2, "failure");
    expect(find().state).toBe("ready");
    report("failure");
    expect(find().state).toBe("open");
  });

  test("not by what says nothing about the target", () => {
    repeat(100, "neutral");
    expect(find()).toEqual({ state: "ready", waitMs: 0 });
  });

  test("for its own connection and model alone", () => {
    repeat(10, "failure");
    expect(breaker.find("c", "other").state).toBe("ready");
    expect(breaker.find("other", "m").state).toBe("ready");
  });

  test("not by failures that are out of the window", async () => {
    repeat(9, "failure");
    await clock.advance(30_000);
    report("failure");
    expect(find().state).toBe("ready");
    expect(breaker.circuits()).toMatchObject([{ attempts: 1, failures: 1 }]);
  });

  test("by failures that are spread over the window", async () => {
    for (let at = 0; at < 10; at += 1) {
      expect(find().state).toBe("ready");
      report("failure");
      await clock.advance(2_900);
    }
    expect(find().state).toBe("open");
  });
});

describe("an open circuit", () => {
  beforeEach(() => repeat(10, "failure"));

  test("lets nobody through for an interval, then one call", async () => {
    expect([admit(), find()]).toEqual([false, { state: "open", waitMs: PROBE_INTERVAL_MS }]);
    await clock.advance(PROBE_INTERVAL_MS - 1);
    expect([admit(), find().waitMs]).toEqual([false, 1]);
    await clock.advance(1);
    expect(find()).toEqual({ state: "open", waitMs: 0 });
    expect([admit(), admit(), admit()]).toEqual([true, false, false]);
  });

  test("is closed by a probe that succeeds, and has forgotten what was before", async () => {
    await clock.advance(PROBE_INTERVAL_MS);
    admit();
    report("success");
    expect([find().state, admit(), admit()]).toEqual(["ready", true, true]);
    repeat(8, "failure");
    expect(find().state).toBe("ready");
    report("failure");
    expect(find().state).toBe("open");
  });

  test("stays open by a probe that fails: the next goes an interval after it", async () => {
    await clock.advance(PROBE_INTERVAL_MS);
    admit();
    await clock.advance(1_000);
    report("failure");
    expect(find()).toEqual({ state: "open", waitMs: PROBE_INTERVAL_MS - 1_000 });
  });

  test("does not wait for a probe that never comes back", async () => {
    await clock.advance(PROBE_INTERVAL_MS);
    expect(admit()).toBe(true);
    await clock.advance(PROBE_INTERVAL_MS);
    expect(admit()).toBe(true);
  });

  test("gives the place of a probe that proved nothing to the next call", async () => {
    await clock.advance(PROBE_INTERVAL_MS);
    admit();
    report("neutral");
    expect([admit(), admit()]).toEqual([true, false]);
  });

  test("is not moved by calls from before it opened", async () => {
    await clock.advance(PROBE_INTERVAL_MS - 1);
    repeat(5, "failure");
    repeat(5, "neutral");
    expect(find()).toEqual({ state: "open", waitMs: 1 });
  });
});

describe("a provider that asks for patience", () => {
  test("is left alone as long as it said", async () => {
    report("neutral", 2_000);
    expect([admit(), find()]).toEqual([false, { state: "cooling", waitMs: 2_000 }]);
    await clock.advance(2_000);
    expect([admit(), find().state]).toEqual([true, "ready"]);
  });

  test("is believed for a minute at most", () => {
    report("neutral", 86_400_000);
    expect(find().waitMs).toBe(60_000);
  });

  test("is back as soon as it answers", () => {
    report("neutral", 2_000);
    report("success");
    expect(find().state).toBe("ready");
  });

  test("is not even probed before", async () => {
    repeat(10, "failure");
    await clock.advance(PROBE_INTERVAL_MS);
    admit();
    report("neutral", 20_000);
    expect([admit(), find()]).toEqual([false, { state: "open", waitMs: 20_000 }]);
    await clock.advance(20_000);
    expect(admit()).toBe(true);
  });
});

test("whatever the order of outcomes, an open circuit lets one call through in an interval, and one for each that proved nothing", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("admit" as const) }),
    fc.record({
      do: fc.constant("report" as const),
      kind: fc.constantFrom<AttemptOutcome["kind"]>("failure", "neutral"),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
    }),
    fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 7_000 }) }),
  );
  const check = (steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) => {
    let nowMs = 0;
    const tested = createBreaker({ monotonicMs: () => nowMs });
    for (let at = 0; at < 10; at += 1) tested.report("c", "m", { kind: "failure", retryAfterMs: null });
    const admittedAtMs: number[] = [];
    let unproven = 0;
    for (const taken of steps) {
      if (taken.do === "pass") nowMs += taken.ms;
      else if (taken.do === "report") {
        tested.report("c", "m", taken);
        if (taken.kind === "neutral") unproven += 1;
      } else if (tested.admit("c", "m")) {
        const recent = admittedAtMs.filter((atMs) => nowMs - atMs < PROBE_INTERVAL_MS).length;
        expect(recent).toBeLessThanOrEqual(unproven);
        admittedAtMs.push(nowMs);
      }
    }
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), check), { seed: 20261124, numRuns: 2_000 });
  // Without anything neutral it is the plain promise: one call an interval, whatever fails meanwhile.
  const plain = step.filter((taken) => taken.do !== "report" || taken.kind === "failure");
  fc.assert(fc.property(fc.array(plain, { maxLength: 60 }), check), { seed: 20261124, numRuns: 2_000 });
});

describe("what is remembered", () => {
  test("is bounded, and a target in use outlives those tried once", () => {
    repeat(10, "failure");
    for (let at = 0; at < 25_000; at += 1) {
      breaker.report("c", `once-${at}`, { kind: "failure", retryAfterMs: null });
      if (at % 5_000 === 0) report("failure");
    }
    expect(breaker.circuits()).toHaveLength(10_000);
    expect(find().state).toBe("open");
  });

  test("is shown target by target", () => {
    repeat(2, "success");
    report("failure");
    breaker.report("d", "n", { kind: "neutral", retryAfterMs: 500 });
    expect(breaker.circuits()).toEqual([
      { connectionId: "c", model: "m", state: "ready", waitMs: 0, attempts: 3, failures: 1 },
      { connectionId: "d", model: "n", state: "cooling", waitMs: 500, attempts: 0, failures: 0 },
    ]);
  });
});
