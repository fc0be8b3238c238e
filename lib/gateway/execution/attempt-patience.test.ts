import { beforeEach, expect, test } from "vitest";
import {
  collect,
  countTokens,
  DONE,
  failing,
  finished,
  makeCall,
  makeHealth,
  makeProvider,
  makeRequest,
  said,
  silent,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock } from "#e2e/isolation/support/fake-clock.ts";
import { makeTarget } from "#e2e/isolation/support/gateway.ts";
import type { Patience } from "../contract/catalog.ts";
import { attempt } from "./attempt.ts";
import type { RunningCall } from "./running-call.ts";

let clock: FakeClock;
let health: ReturnType<typeof makeHealth>;

beforeEach(() => {
  clock = createFakeClock();
  health = makeHealth(clock);
});

/** An attempt at a target that usually gets a second until its first token. */
function begin(
  reply: Parameters<typeof makeProvider>[0][string][number],
  part: Partial<RunningCall>,
  patience: Patience,
) {
  const providers = makeProvider({ a: [reply] });
  const target = makeTarget({ model: "a", patience });
  return { done: attempt({ providers, clock, health, countTokens }, makeCall(part), target, {}), seen: providers.seen };
}

const STREAM = { request: makeRequest({ isStream: true }) };
const WHOLE = { ...STREAM, delivery: "whole" } as const;
const TOKENS = Array.from({ length: 30 }, (_, at) => [said(`${at}`), () => clock.advance(100)]).flat();

const OWN = { firstTokenTimeoutMs: 300, answerTimeoutMs: 2_000 };
const reasoning = makeRequest({ isStream: true, needs: [{ feature: "reasoning", param: "reasoning_effort" }] });

test.each<[string, Partial<RunningCall>, number]>([
  ["a stream's first token is waited for as long as the chain says", STREAM, 300],
  ["that of a stream that thinks first too", { request: reasoning }, 300],
  ["an answer that is no stream is waited for as long as the chain says", {}, 2_000],
  ["nothing is waited for longer than the call has", { deadlineAtMs: 200 }, 200],
])("%s", async (_, part, limitMs) => {
  const { done, seen } = begin(silent, part, OWN);
  await clock.advance(limitMs - 1);
  expect(seen[0]?.signal.aborted).toBe(false);
  await clock.advance(1);
  expect(await done).toMatchObject({ failure: { kind: "timeout" } });
});

test("a held stream that goes on for too long is ended, which says nothing about its target", async () => {
  const { done, seen } = begin(streaming(...TOKENS).answer, WHOLE, OWN);
  expect(await done).toMatchObject({ failure: { kind: "timeout", code: "answer-timeout" } });
  expect([seen[0]?.signal.aborted, clock.monotonicMs(), health.told]).toEqual([true, 2_000, ["a neutral"]]);
});

test("a stream that its caller sees come is never cut", async () => {
  const { done } = begin(streaming(...TOKENS, finished(), DONE).answer, STREAM, OWN);
  const opened = await done;
  if (opened.kind !== "stream") throw new Error(opened.kind);
  expect((await collect(opened.events)).at(-1)).toMatchObject({ isEnd: true, failure: null });
  expect(clock.monotonicMs()).toBe(3_000);
});

test.each([
  ["less than a target usually gets does not speak against it", 300, "a neutral"],
  ["as much as it usually gets does", 1_000, "a failure"],
])("silence for %s", async (_, firstTokenTimeoutMs, told) => {
  const { done } = begin(silent, STREAM, { firstTokenTimeoutMs });
  await clock.advance(firstTokenTimeoutMs);
  await done;
  expect(health.told).toEqual([told]);
});

test("a target that says itself that it took too long is not excused", async () => {
  await begin(failing("timeout"), STREAM, OWN).done;
  expect(health.told).toEqual(["a failure"]);
});
