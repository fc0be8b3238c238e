import { describe, expect, test } from "vitest";
import { makeEvent, makeFailure, makeTarget, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { FAILURE_KINDS, type FailureKind, NEXT_STEP } from "../failures.ts";
import type { Provider, ProviderAnswer, ProviderRequest, StreamEvent } from "../ports.ts";
import type { RoutePlan } from "../routing/plan.ts";
import { runPlan } from "./run-plan.ts";

const BODY = { messages: [{ role: "user", content: "hi" }] };

function planOf(...models: string[]): RoutePlan {
  const targets = models.map((model) => makeTarget({ model, defaults: { temperature: 0.2 } }));
  const route = { functionSlug: "triage", mode: "platform-managed", tier: "balanced", routeVersion: 1 } as const;
  return { ...route, targets, excluded: [] };
}

/** Runs a plan whose every try takes 10 ms and answers by the model asked. */
async function run(models: string[], answers: Record<string, ProviderAnswer>, isStream = false) {
  let nowMs = 100;
  const seen: ProviderRequest[] = [];
  const chat: Provider["chat"] = async (request) => {
    nowMs += 10;
    seen.push(request);
    return answers[request.model] as ProviderAnswer;
  };
  const ports = { providers: { get: () => ({ chat }) }, clock: { now: () => 0, monotonicMs: () => nowMs } };
  const { signal } = new AbortController();
  const result = await runPlan(ports, { plan: planOf(...models), body: BODY, isStream, signal, startedAt: 95 });
  return { result, seen, signal };
}

const failing = (kind: FailureKind): ProviderAnswer => ({
  kind: "failure",
  failure: makeFailure(kind, { httpStatus: 503 }),
  providerRequestId: "r-1",
});
const whole: ProviderAnswer = {
  kind: "answer",
  body: new TextEncoder().encode("{}"),
  usage: makeUsage(3, 4),
  finishReason: "stop",
  providerRequestId: "r-2",
};

function streaming(...events: StreamEvent[]) {
  const log = { isClosed: false };
  async function* read() {
    try {
      yield* events;
    } finally {
      log.isClosed = true;
    }
  }
  const answer: ProviderAnswer = { kind: "stream", events: read(), providerRequestId: "r-3" };
  return { answer, log };
}

test("the first target that answers ends the run", async () => {
  const { result, seen } = await run(["a", "b"], { a: whole, b: whole });
  expect(seen.map(({ model }) => model)).toEqual(["a"]);
  expect(result).toMatchObject({ kind: "answer", attempts: [{ number: 1, status: "succeeded", httpStatus: 200 }] });
  expect(result.attempts[0]).toMatchObject({ startedMs: 5, latencyMs: 10, usage: { inputTokens: 3 } });
});

test("each target is sent the caller's body with its own defaults, and the caller's signal", async () => {
  const { seen, signal } = await run(["a", "b"], { a: failing("network"), b: whole });
  expect(seen.map(({ body }) => body)).toEqual([
    { ...BODY, temperature: 0.2 },
    { ...BODY, temperature: 0.2 },
  ]);
  expect(seen.every((request) => request.signal === signal && request.functionSlug === "triage")).toBe(true);
});

describe("after a failure the call goes on or stops by its kind", () => {
  test.each(FAILURE_KINDS)("%s", async (kind) => {
    const { result, seen } = await run(["a", "b"], { a: failing(kind), b: whole });
    const isStopped = NEXT_STEP[kind] === "stop";
    expect(seen.map(({ model }) => model)).toEqual(isStopped ? ["a"] : ["a", "b"]);
    expect(result.kind).toBe(isStopped ? "failed" : "answer");
    const status = kind === "client-aborted" ? "aborted" : "failed";
    const first = { number: 1, status, failureKind: kind, httpStatus: 503, providerRequestId: "r-1" };
    expect(result.attempts[0]).toMatchObject({ ...first, message: `It was ${kind}.`, usage: null });
  });
});

test("when every target fails, the last failure and every attempt come back, numbered in order", async () => {
  const { result } = await run(["a", "b", "c"], {
    a: failing("network"),
    b: failing("rate-limited"),
    c: failing("timeout"),
  });
  expect(result).toMatchObject({ kind: "failed", failure: { kind: "timeout" } });
  expect(result.attempts.map(({ number, model, startedMs }) => [number, model, startedMs])).toEqual([
    [1, "a", 5],
    [2, "b", 15],
    [3, "c", 25],
  ]);
});

describe("a stream", () => {
  const first = makeEvent({ data: "1", hasContent: true });

  test("counts as answered once its first event is there, and loses none", async () => {
    const { answer, log } = streaming(first, makeEvent({ data: "2" }));
    const { result } = await run(["a", "b"], { a: answer }, true);
    if (result.kind !== "stream") throw new Error(result.kind);
    const events: StreamEvent[] = [];
    for await (const event of result.events) events.push(event);
    expect(events.map(({ data }) => data)).toEqual(["1", "2"]);
    expect(log.isClosed).toBe(true);
  });

  test("left in the middle closes the provider's", async () => {
    const { answer, log } = streaming(first, makeEvent({ data: "2" }), makeEvent({ data: "3" }));
    const { result } = await run(["a"], { a: answer }, true);
    if (result.kind !== "stream") throw new Error(result.kind);
    for await (const _ of result.events) break;
    expect(log.isClosed).toBe(true);
  });

  test("that begins with a failure goes to the next target, its connection let go", async () => {
    const { answer, log } = streaming(makeEvent({ failure: makeFailure("overloaded") }), first);
    const { result } = await run(["a", "b"], { a: answer, b: streaming(first).answer }, true);
    expect(result.kind).toBe("stream");
    expect(result.attempts).toMatchObject([{ status: "failed", failureKind: "overloaded" }, { status: "succeeded" }]);
    expect(log.isClosed).toBe(true);
  });

  test("that says it is done before it says anything is a failed attempt, and not the end of the call", async () => {
    const { answer, log } = streaming(makeEvent({ data: "[DONE]" }));
    const { result } = await run(["a", "b"], { a: answer, b: streaming(first).answer }, true);
    expect(result.attempts).toMatchObject([{ failureKind: "bad-response" }, { status: "succeeded" }]);
    expect(log.isClosed).toBe(true);
  });

  test("without a single event is a failed attempt", async () => {
    const { result } = await run(["a"], { a: streaming().answer }, true);
    expect(result).toMatchObject({ kind: "failed", failure: { kind: "bad-response" } });
  });
});

test("a plan without targets is a fault of ours, not an answer", async () => {
  await expect(run([], {})).rejects.toThrow("without targets");
});
