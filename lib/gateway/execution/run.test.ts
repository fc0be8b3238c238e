import { beforeEach, describe, expect, test } from "vitest";
import {
  answering,
  countTokens,
  DONE,
  failing,
  finished,
  makeCall,
  makeHealth,
  makePlan,
  makeProvider,
  makeRequest,
  makeTargets,
  said,
  silent,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import { makeTarget } from "#e2e/isolation/support/gateway.ts";
import { FAILURE_KINDS, NEXT_STEP } from "../failures.ts";
import { PROBE_INTERVAL_MS } from "../health/breaker.ts";
import { createRun, type RunResult } from "./run.ts";
import type { RunningCall } from "./running-call.ts";

type Replies = Parameters<typeof makeProvider>[0];

let clock: FakeClock;
let health: ReturnType<typeof makeHealth>;

beforeEach(() => {
  clock = createFakeClock();
  health = makeHealth(clock);
});

/** A run over targets named as their models, whose waits before another try have full luck: 250 and 500 ms. */
function begin(replies: Replies, part: Partial<RunningCall> = {}) {
  const providers = makeProvider(replies);
  const call = makeCall({ plan: makePlan(makeTargets(...Object.keys(replies))), ...part });
  const run = createRun({ providers, clock, health, countTokens, random: () => 1 }, call);
  const log: { result: RunResult | null } = { result: null };
  const next = async () => {
    log.result = await run.next(() => ({}));
  };
  return { run, call, providers, log, next };
}

const endOf = (result: RunResult | null) => (result?.kind === "failed" ? result.failure.kind : result?.kind);

describe("targets are tried in order until one answers", () => {
  test("the first that answers is the last that is asked", async () => {
    const { next, log, providers } = begin({ a: [answering("{}")], b: [answering("{}")] });
    await next();
    expect([endOf(log.result), providers.asked()]).toEqual(["answer", ["a"]]);
  });

  test.each(FAILURE_KINDS)("after %s the call goes where its kind says", async (kind) => {
    const { next, log, providers } = begin({ a: [failing(kind)], b: [answering("{}")] });
    void next();
    await clock.advance(5_000);
    const isLast = NEXT_STEP[kind] !== "next-target";
    expect(providers.asked().at(-1)).toBe(isLast ? "a" : "b");
    expect(endOf(log.result)).toBe(isLast ? kind : "answer");
  });

  test("when all fail, the last failure comes back, and every attempt is on record, numbered", async () => {
    const { next, log, call } = begin({
      a: [failing("provider-auth")],
      b: [failing("context-too-long")],
      c: [failing("provider-quota")],
    });
    await next();
    expect(endOf(log.result)).toBe("context-too-long");
    expect(call.attempts.map(({ number, model }) => [number, model])).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  test("what a filter refused is asked of another only where the tenant allows it", async () => {
    const replies = () => ({ a: [failing("content-filtered")], b: [answering("{}")] });
    const denied = begin(replies());
    await denied.next();
    expect([endOf(denied.log.result), denied.providers.asked()]).toEqual(["content-filtered", ["a"]]);
    const allowed = begin(replies(), { canRetryFiltered: true });
    await allowed.next();
    expect(endOf(allowed.log.result)).toBe("answer");
  });

  test("what does not fit goes on to models that take more, and to no other", async () => {
    const sizes = { a: 100, same: 100, unknown: null, smaller: 50, larger: 200 };
    const targets = Object.entries(sizes).map(([model, contextTokens]) => makeTarget({ model, contextTokens }));
    const replies = Object.fromEntries(Object.keys(sizes).map((model) => [model, [answering("{}")]]));
    const { next, providers } = begin({ ...replies, a: [failing("context-too-long")] }, { plan: makePlan(targets) });
    await next();
    expect(providers.asked()).toEqual(["a", "larger"]);
  });

  test("each is sent what is filled in for it, and one that has nothing to be sent is passed over", async () => {
    const { run, providers } = begin({
      a: [answering("{}")],
      b: [failing("provider-auth")],
      c: [answering("{}")],
    });
    await run.next(({ model }) => (model === "a" ? null : { stop: model }));
    expect(providers.seen.map(({ edits }) => edits)).toEqual([{ stop: "b" }, { stop: "c" }]);
  });
});

describe("a target is tried again", () => {
  test("twice at most where there is no other, after waits that are no work of ours", async () => {
    const { next, log, providers, call } = begin({ a: [failing("overloaded")] });
    void next();
    await clock.advance(249);
    expect(providers.asked()).toHaveLength(1);
    await clock.advance(1);
    expect(providers.asked()).toHaveLength(2);
    await clock.advance(500);
    expect([endOf(log.result), providers.asked()]).toEqual(["overloaded", ["a", "a", "a"]]);
    expect(call.pausedMs).toBe(750);
    await clock.advance(60_000);
    expect(providers.asked()).toHaveLength(3);
  });

  test("once where there is another", async () => {
    const { next, log, providers } = begin({ a: [failing("server-error")], b: [answering("{}")] });
    void next();
    await clock.advance(250);
    expect([endOf(log.result), providers.asked()]).toEqual(["answer", ["a", "a", "b"]]);
  });

  test.each([
    ["as often as its chain says, another at hand or not", 2, ["a", "a", "a", "b"]],
    ["not at all if its chain says so", 0, ["a", "b"]],
  ])("%s", async (_, maxRetries, asked) => {
    const plan = makePlan([makeTarget({ model: "a", patience: { maxRetries } }), makeTarget({ model: "b" })]);
    const { next, log, providers } = begin({ a: [failing("server-error")], b: [answering("{}")] }, { plan });
    void next();
    await clock.advance(1_000);
    expect([endOf(log.result), providers.asked()]).toEqual(["answer", asked]);
  });

  test("and answers then", async () => {
    const { next, log, providers } = begin({ a: [failing("network"), answering("{}")], b: [answering("{}")] });
    void next();
    await clock.advance(250);
    expect([endOf(log.result), providers.asked()]).toEqual(["answer", ["a", "a"]]);
  });

  test("when a limit's own wait is over, and not before", async () => {
    const limited = failing("rate-limited", { retryAfterMs: 3_000 });
    const { next, log, providers } = begin({ a: [limited, answering("{}")] });
    void next();
    await clock.advance(2_999);
    expect(providers.asked()).toHaveLength(1);
    await clock.advance(1);
    expect(endOf(log.result)).toBe("answer");
  });

  test("not at all when the wait would pass the deadline: the answer is prompt", async () => {
    const { next, log } = begin({ a: [failing("rate-limited", { retryAfterMs: 60_000 })] });
    await next();
    expect(endOf(log.result)).toBe("rate-limited");
    expect(clock.monotonicMs()).toBe(0);
  });

  test("never after silence: the next target is", async () => {
    const { next, log, providers } = begin(
      { a: [silent], b: [answering("{}")] },
      { request: makeRequest({ isStream: true }) },
    );
    void next();
    await clock.advance(1_000);
    expect([endOf(log.result), providers.asked()]).toEqual(["answer", ["a", "b"]]);
  });

  test("not when its circuit opens meanwhile", async () => {
    for (let at = 0; at < 9; at += 1) health.report("platform:acme", "a", { kind: "failure", retryAfterMs: null });
    const { next, log, providers } = begin({ a: [failing("overloaded")] });
    await next();
    expect([endOf(log.result), providers.asked(), clock.monotonicMs()]).toEqual(["overloaded", ["a"], 0]);
  });
});

describe("targets whose circuit is open", () => {
  const open = (model: string) => {
    for (let at = 0; at < 10; at += 1) health.report("platform:acme", model, { kind: "failure", retryAfterMs: null });
  };

  test("are passed over without an attempt", async () => {
    open("a");
    const { next, log, call } = begin({ a: [answering("{}")], b: [answering("{}")] });
    await next();
    expect([endOf(log.result), call.attempts.map(({ model }) => model)]).toEqual(["answer", ["b"]]);
  });

  test("are probed by one call of many", async () => {
    open("a");
    await clock.advance(PROBE_INTERVAL_MS);
    const calls = Array.from({ length: 5 }, () => begin({ a: [failing("overloaded")], b: [answering("{}")] }));
    await Promise.all(calls.map(({ next }) => next()));
    expect(calls.map(({ providers }) => providers.asked().join())).toEqual(["a,b", "b", "b", "b", "b"]);
  });

  test("leave a failure that says so when there is nobody else", async () => {
    open("a");
    const { next, log, call } = begin({ a: [answering("{}")] });
    await next();
    expect(log.result).toMatchObject({ kind: "failed", failure: { message: expect.stringContaining("resting") } });
    expect(call.attempts).toEqual([]);
  });
});

describe("the deadline", () => {
  test("is over before anything is tried: the call says so", async () => {
    const { next, log, providers } = begin({ a: [answering("{}")] }, { deadlineAtMs: 0 });
    await next();
    expect(log.result).toMatchObject({ kind: "failed", failure: { kind: "timeout", code: "deadline" } });
    expect(providers.asked()).toEqual([]);
  });

  test("ends the call wherever it is, and no target is tried after it", async () => {
    const { next, log, providers } = begin({ a: [silent], b: [silent], c: [silent] }, { deadlineAtMs: 7_000 });
    void next();
    await clock.advance(7_000);
    expect(log.result).toMatchObject({ kind: "failed", failure: { code: "deadline" } });
    expect(providers.asked()).toEqual(["a", "b"]);
  });
});

describe("a caller that leaves", () => {
  test("while a provider is silent ends the run at once", async () => {
    const caller = new AbortController();
    const { next, log, providers } = begin({ a: [silent], b: [answering("{}")] }, { signal: caller.signal });
    void next();
    await clock.advance(10);
    caller.abort();
    await settled();
    expect([endOf(log.result), providers.asked()]).toEqual(["client-aborted", ["a"]]);
  });

  test("while we wait to try again ends it, too", async () => {
    const caller = new AbortController();
    const { next, log, providers, call } = begin({ a: [failing("overloaded")] }, { signal: caller.signal });
    void next();
    await clock.advance(100);
    caller.abort();
    await settled();
    expect([endOf(log.result), providers.asked(), call.pausedMs]).toEqual(["client-aborted", ["a"], 100]);
    expect(clock.pending()).toBe(0);
  });
});

test("a run goes on where it left off: no target is gone back to", async () => {
  const stream = { request: makeRequest({ isStream: true }) };
  const whole = () => streaming(said("x"), finished(), DONE).answer;
  const { run, providers } = begin({ a: [failing("provider-auth")], b: [whole()], c: [whole()] }, stream);
  expect((await run.next(() => ({}))).kind).toBe("stream");
  expect((await run.next(() => ({}))).kind).toBe("stream");
  expect((await run.next(() => ({}))).kind).toBe("failed");
  expect(providers.asked()).toEqual(["a", "b", "c"]);
});
