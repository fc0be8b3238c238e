import { beforeEach, describe, expect, test } from "vitest";
import {
  answering,
  broken,
  collect,
  counted,
  countTokens,
  DONE,
  deaf,
  failing,
  finished,
  makeCall,
  makeHealth,
  makeProvider,
  makeRequest,
  opening,
  said,
  silent,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock } from "#e2e/isolation/support/fake-clock.ts";
import { makeConnection, makeTarget, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { FAILURE_KINDS } from "../failures.ts";
import { type Attempted, attempt } from "./attempt.ts";
import type { RunningCall } from "./running-call.ts";

const TARGET = makeTarget({ model: "a" });
type Reply = Parameters<typeof makeProvider>[0][string][number];

let clock: FakeClock;
let health: ReturnType<typeof makeHealth>;

beforeEach(() => {
  clock = createFakeClock();
  health = makeHealth(clock);
});

function begin(reply: Reply, part: Partial<RunningCall> = {}, { target = TARGET, edits = {} } = {}) {
  const providers = makeProvider({ a: [reply] });
  const call = makeCall({ startedAtMs: -7, ...part });
  const done = attempt({ providers, clock, health, countTokens }, call, target, edits);
  return { done, call, seen: providers.seen };
}

const STREAM = { request: makeRequest({ isStream: true }) };
const WHOLE = { ...STREAM, delivery: "whole" } as const;
const kindOf = (attempted: Attempted) => (attempted.kind === "failure" ? attempted.failure.kind : attempted.kind);

describe("what a target is sent", () => {
  test("is the caller's own request, as it came", async () => {
    const passHeaders = { "anthropic-beta": "x" };
    const { done, call, seen } = begin(answering("{}"), { passHeaders });
    await done;
    expect(seen).toMatchObject([
      { connection: TARGET.connection, model: "a", functionSlug: "triage", wire: "openai-chat", via: "native" },
    ]);
    expect(seen[0]).toMatchObject({ source: call.request.source, edits: {}, isStream: false, passHeaders });
    expect(seen[0]?.body).toBe(call.request.body);
  });

  test("with the fields that are edited for it, which leave the request itself alone", async () => {
    const { done, call, seen } = begin(answering("{}"), {}, { edits: { temperature: 0.2 } });
    await done;
    expect(seen[0]).toMatchObject({ body: { ...call.request.body, temperature: 0.2 }, edits: { temperature: 0.2 } });
    expect(call.request.body).not.toHaveProperty("temperature");
  });
});

describe("an answer", () => {
  test("is on record with its tokens and times", async () => {
    const { done, call } = begin(async () => {
      await clock.advance(30);
      return answering("{}");
    });
    expect(await done).toMatchObject({ kind: "answer", body: new TextEncoder().encode("{}") });
    expect(call.attempts).toMatchObject([
      {
        number: 1,
        status: "succeeded",
        httpStatus: 200,
        startedMs: 7,
        latencyMs: 30,
        usage: makeUsage(3, 4),
        providerRequestId: "r-whole",
      },
    ]);
    expect([health.told, clock.pending()]).toEqual([["a success"], 0]);
  });

  test("whose provider does not say what it took is counted here", async () => {
    const { done, call } = begin(answering('{"choices":[{"message":{"content":"four"}}]}', { usage: null }));
    await done;
    expect(call.attempts).toMatchObject([{ usage: { outputTokens: 4 }, isUsageEstimated: true }]);
  });

  test("that a filter ended is a failure where another target may be asked, and its tokens count", async () => {
    const filtered = answering("{}", { finishReason: "content-filter" });
    expect((await begin(filtered).done).kind).toBe("answer");
    const { done, call } = begin(filtered, { canRetryFiltered: true });
    expect(kindOf(await done)).toBe("content-filtered");
    expect(call.attempts).toMatchObject([{ failureKind: "content-filtered", usage: makeUsage(3, 4) }]);
  });
});

describe("a failure is on record as its kind, and told to the target's health", () => {
  test.each(FAILURE_KINDS)("%s", async (kind) => {
    const { done, call } = begin(failing(kind, { httpStatus: 418 }));
    expect(kindOf(await done)).toBe(kind);
    const status = kind === "client-aborted" ? "aborted" : "failed";
    const record = { status, failureKind: kind, httpStatus: 418, message: `It was ${kind}.`, usage: null };
    expect(call.attempts).toMatchObject([{ ...record, providerRequestId: "r-failed" }]);
    expect(health.told[0]).toMatch(/^a (failure|neutral)$/);
  });

  test("a limit's Retry-After is for everyone, another failure's is not", async () => {
    await begin(failing("overloaded", { retryAfterMs: 5_000 })).done;
    expect(health.find("platform:acme", "a").state).toBe("ready");
    await begin(failing("rate-limited", { retryAfterMs: 5_000 })).done;
    expect(health.find("platform:acme", "a")).toEqual({ state: "cooling", waitMs: 5_000 });
  });
});

describe("silence", () => {
  const timeouts = { firstTokenMs: 1_000, idleMs: 500 };
  const reasoning = makeRequest({ isStream: true, needs: [{ feature: "reasoning", param: "reasoning_effort" }] });

  test.each<[string, Partial<RunningCall>, number]>([
    ["of a stream: until its first token is due", STREAM, 1_000],
    ["of a whole answer: five times as long, which is all there is to wait for", {}, 5_000],
    ["of a stream that thinks first: as long", { request: reasoning }, 5_000],
  ])("%s", async (_, part, limitMs) => {
    const target = makeTarget({ model: "a", connection: makeConnection("acme", { timeouts }) });
    for (const reply of [silent, deaf]) {
      const { done, seen } = begin(reply, part, { target });
      await clock.advance(limitMs - 1);
      expect(seen[0]?.signal.aborted).toBe(false);
      await clock.advance(1);
      expect(kindOf(await done)).toBe("timeout");
      expect(seen[0]?.signal.aborted).toBe(true);
    }
    expect([health.told, clock.pending()]).toEqual([["a failure", "a failure"], 0]);
  });

  test("in the middle of a stream ends it, and the provider is told", async () => {
    const { done, seen, call } = begin(streaming(said("a"), stall).answer, STREAM);
    const opened = await done;
    if (opened.kind !== "stream") throw new Error(opened.kind);
    const reading = collect(opened.events);
    await clock.advance(500);
    expect((await reading).at(-1)?.failure?.kind).toBe("timeout");
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(call.attempts).toMatchObject([{ status: "failed", failureKind: "timeout", latencyMs: 500 }]);
  });
});

describe("the call's deadline", () => {
  test("ends the attempt, and does not speak against a target that had little time", async () => {
    const { done } = begin(deaf, { deadlineAtMs: 400 });
    await clock.advance(400);
    expect(await done).toMatchObject({ failure: { kind: "timeout", code: "deadline" } });
    expect(health.told).toEqual(["a neutral"]);
  });

  test("speaks against one that had its own time and gave nothing", async () => {
    const { done } = begin(deaf, { deadlineAtMs: 1_000 });
    await clock.advance(1_000);
    expect(await done).toMatchObject({ failure: { code: "deadline" } });
    expect(health.told).toEqual(["a failure"]);
  });

  test("does not speak against one that was in the middle of a long answer", async () => {
    const pieces = Array.from({ length: 20 }, (_, at) => [said(`${at}`), () => clock.advance(100)]).flat();
    const { done } = begin(streaming(...pieces).answer, { ...WHOLE, deadlineAtMs: 1_500 });
    expect(await done).toMatchObject({ failure: { code: "deadline" } });
    expect(health.told).toEqual(["a neutral"]);
  });
});

describe("a caller that leaves", () => {
  test.each([
    ["one that hears its signal", silent],
    ["one that does not", deaf],
  ])("ends the attempt at once, whatever the provider: %s", async (_, reply) => {
    const caller = new AbortController();
    const { done, call, seen } = begin(reply, { signal: caller.signal });
    await clock.advance(20);
    caller.abort();
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(kindOf(await done)).toBe("client-aborted");
    expect(call.attempts).toMatchObject([{ status: "aborted", latencyMs: 20, usage: null, isUsageEstimated: false }]);
    expect([health.told, clock.pending()]).toEqual([["a neutral"], 0]);
  });

  test("in the middle of a stream is charged for what was produced", async () => {
    const { done, call } = begin(streaming(said("four"), stall).answer, STREAM);
    const opened = await done;
    if (opened.kind !== "stream") throw new Error(opened.kind);
    for await (const _ of opened.events) break;
    expect(call.attempts).toMatchObject([
      { status: "aborted", isUsageEstimated: true, usage: makeUsage("user\nhi".length, 4) },
    ]);
  });
});

describe("a stream", () => {
  test("is answered with its first content, and its record goes on until it ends", async () => {
    const { done, call } = begin(streaming(opening(), said("a"), finished(), counted(9, 1), DONE).answer, STREAM);
    const opened = await done;
    expect(call.attempts).toMatchObject([{ firstTokenMs: 0, latencyMs: 0, usage: null }]);
    expect(health.told).toEqual([]);
    if (opened.kind !== "stream") throw new Error(opened.kind);
    await clock.advance(40);
    await collect(opened.events);
    expect(call.attempts).toMatchObject([{ status: "succeeded", latencyMs: 40, usage: makeUsage(9, 1) }]);
    expect([health.told, clock.pending()]).toEqual([["a success"], 0]);
  });

  test("that breaks before is a failed attempt", async () => {
    const { done, call } = begin(streaming(opening(), broken("overloaded")).answer, STREAM);
    expect(kindOf(await done)).toBe("overloaded");
    expect(call.attempts).toMatchObject([{ status: "failed", failureKind: "overloaded" }]);
    expect(health.told).toEqual(["a failure"]);
  });

  test("delivered whole is a failed attempt wherever it breaks", async () => {
    const { done, call } = begin(streaming(said("a"), said("b")).answer, WHOLE);
    expect(kindOf(await done)).toBe("stream-interrupted");
    expect(call.attempts).toMatchObject([{ failureKind: "stream-interrupted" }]);
    expect(health.told).toEqual(["a failure"]);
  });

  test("delivered whole that a filter ended is a failed attempt, and its target is well", async () => {
    const { answer } = streaming(said("a"), finished("content-filter"), counted(9, 1), DONE);
    const { done, call } = begin(answer, { ...WHOLE, canRetryFiltered: true });
    expect(kindOf(await done)).toBe("content-filtered");
    expect(call.attempts).toMatchObject([{ status: "failed", usage: makeUsage(9, 1) }]);
    expect(health.told).not.toContain("a failure");
  });
});

test("a fault of ours is thrown on, and leaves no attempt on record as a success", async () => {
  const { done, call } = begin(() => Promise.reject(new Error("oops")));
  await expect(done).rejects.toThrow("oops");
  expect(call.attempts).toMatchObject([{ status: "failed", message: "Something went wrong on our side." }]);
  expect(clock.pending()).toBe(0);
});
