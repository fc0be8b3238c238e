import { describe, expect, test } from "vitest";
import { makeCall, makePlan } from "#e2e/isolation/support/engine.ts";
import { makeAttempt, makePrincipal, makeTarget, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { makePorts } from "#e2e/isolation/support/gateway-call.ts";
import type { RunningCall } from "./execution/running-call.ts";
import { describeAnswer, describeUsage, describeWait, overheadMs } from "./reply-headers.ts";

describe("time in the gateway itself", () => {
  async function overheadOf(part: Partial<RunningCall>) {
    const ports = makePorts({});
    await ports.clock.advance(1_000);
    const trace = { id: "i", requestId: "r", startedAt: 0, createdAtMs: 0, traceparent: null, headers: {} };
    return overheadMs(ports, { trace, principal: makePrincipal(), metadata: null, running: makeCall(part) });
  }

  test.each<[string, Partial<RunningCall>, number]>([
    ["all of it where no target was tried", {}, 1_000],
    ["not what providers took", { attempts: [makeAttempt({ latencyMs: 300 }), makeAttempt({ latencyMs: 500 })] }, 200],
    [
      "not what a stream under way took to begin",
      { attempts: [makeAttempt({ latencyMs: 0, firstTokenMs: 900 })] },
      100,
    ],
    ["not the waits before another try", { attempts: [makeAttempt({ latencyMs: 300 })], pausedMs: 250 }, 450],
    ["never less than nothing", { attempts: [makeAttempt({ latencyMs: 1_001 })] }, 0],
  ])("%s", async (_, part, expected) => {
    expect(await overheadOf(part)).toBe(expected);
  });
});

describe("an answer's headers", () => {
  const describeWith = (attempts: RunningCall["attempts"], targets = [makeTarget()]) => {
    const headers: Record<string, string> = {};
    describeAnswer(headers, attempts.at(-1) as never, makeCall({ attempts, plan: makePlan(targets) }), 1.5);
    return headers;
  };

  test("say who answered, at which try, and what it took", () => {
    expect(describeWith([makeAttempt(), makeAttempt({ latencyMs: 20 })])).toEqual({
      "x-switchyard-provider": "acme",
      "x-switchyard-model": "large",
      "x-switchyard-attempts": "2",
      "x-switchyard-overhead-ms": "1.50",
      "server-timing": "gateway;dur=1.50, provider;dur=20.00",
    });
  });

  test("say that an answer is made up", () => {
    expect(describeWith([makeAttempt({ isSimulated: true })])).toMatchObject({ "x-switchyard-simulated": "true" });
  });

  test("say what did not reach the target that answered, and not what did not reach another", () => {
    const targets = [
      makeTarget({ model: "small", leavesOut: ["store"] }),
      makeTarget({ leavesOut: ["user", "metadata"] }),
    ];
    expect(describeWith([makeAttempt()], targets)["x-switchyard-left-out"]).toBe("user, metadata");
  });
});

test("while nobody has answered they say what has been tried by then, and what came before it", () => {
  const headers: Record<string, string> = {};
  describeWait(headers, makeCall({ attempts: [makeAttempt({ startedMs: 0.4 }), makeAttempt({ startedMs: 900 })] }));
  expect(headers).toEqual({ "x-switchyard-attempts": "2", "x-switchyard-overhead-ms": "0.40" });
});

test.each([
  [0n, "0.000000000"],
  [1_234_567n, "0.001234567"],
  [12_000_000_001n, "12.000000001"],
])("%d nano-dollars are %s dollars", (costNanoUsd, expected) => {
  const headers: Record<string, string> = {};
  describeUsage(headers, { costNanoUsd, usage: makeUsage(3, 4), isEstimated: false });
  expect(headers).toEqual({
    "x-switchyard-cost-usd": expected,
    "x-switchyard-input-tokens": "3",
    "x-switchyard-output-tokens": "4",
  });
});

test("what is not known is not said", () => {
  const headers: Record<string, string> = {};
  describeUsage(headers, { costNanoUsd: null, usage: null, isEstimated: false });
  expect(headers).toEqual({});
});

test("tokens that were counted here are said to be an estimate", () => {
  const headers: Record<string, string> = {};
  describeUsage(headers, { costNanoUsd: null, usage: makeUsage(3, 4), isEstimated: true });
  expect(headers).toMatchObject({ "x-switchyard-output-tokens": "4", "x-switchyard-estimated": "true" });
});
