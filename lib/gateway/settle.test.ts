import { describe, expect, test } from "vitest";
import { makeCall, makePlan } from "#e2e/isolation/support/engine.ts";
import { makeAttempt, makePrincipal, makeTarget, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { makePorts } from "#e2e/isolation/support/gateway-call.ts";
import { type ErrorCode, GatewayError } from "./errors.ts";
import type { RunningCall } from "./execution/running-call.ts";
import { settle } from "./settle.ts";

async function settled(part: Partial<RunningCall>, code: ErrorCode | null = null) {
  const ports = makePorts({});
  await ports.clock.advance(120);
  const trace = {
    id: "i",
    requestId: "r",
    startedAt: 20,
    createdAtMs: 1_767_225_600_000,
    traceparent: "00-1",
    headers: {},
  };
  const call = { trace, principal: makePrincipal(), metadata: { feature: "inbox" }, running: makeCall(part) };
  const error = code === null ? null : new GatewayError(code, "No.");
  const outcome = settle(ports, call, { error, httpStatus: error?.status ?? 200, overheadMs: 1.2345 });
  return { outcome, record: ports.records[0], records: ports.records };
}

test("a call is on record with whose it was, how it was asked and what came of it", async () => {
  const attempts = [makeAttempt({ usage: makeUsage(10, 5), firstTokenMs: 30, startedMs: 4 })];
  const { outcome, records } = await settled({ attempts, delivery: "whole" });
  expect(outcome).toEqual({ costNanoUsd: 20_000n, usage: makeUsage(10, 5), isEstimated: false });
  expect(records).toEqual([
    {
      id: "i",
      tenantId: makePrincipal().tenantId,
      createdAtMs: 1_767_225_600_000,
      requestId: "r",
      apiKeyId: makePrincipal().apiKeyId,
      functionSlug: "triage",
      mode: "platform-managed",
      tier: "balanced",
      routeVersion: 7,
      wire: "openai-chat",
      isStream: false,
      delivery: "whole",
      status: "succeeded",
      httpStatus: 200,
      failureKind: null,
      provider: "acme",
      model: "large",
      isSimulated: false,
      usage: makeUsage(10, 5),
      costNanoUsd: 20_000n,
      latencyMs: 100,
      firstTokenMs: 34,
      overheadUs: 1_235,
      metadata: { feature: "inbox" },
      traceparent: "00-1",
      attempts,
      rejected: [],
    },
  ]);
});

test("what residency kept the call from is on record with the reason, and nothing else that was left out", async () => {
  const outside = { provider: "acme", model: "large", reason: "large is left out", param: null, waitMs: null };
  const excluded = [
    { ...outside, cause: "residency" as const },
    { ...outside, cause: "no-account" as const },
  ];
  const { record } = await settled({ plan: { ...makePlan([makeTarget()]), excluded } }, null);
  expect(record?.rejected).toMatchObject([{ provider: "acme", model: "large", reason: "large is left out" }]);
  expect(record?.rejected).toHaveLength(1);
});

test.each([
  [null, "succeeded"],
  ["all_targets_failed", "failed"],
  ["internal_error", "failed"],
  ["client_closed_request", "aborted"],
] as const)("a call that ended in %s has %s", async (code, status) => {
  expect((await settled({}, code)).record).toMatchObject({ status, failureKind: code });
});

test("a call that reached no target cost nothing and was nobody's", async () => {
  const { outcome, record } = await settled({ attempts: [] }, "no_route");
  expect(outcome).toEqual({ costNanoUsd: 0n, usage: null, isEstimated: false });
  expect(record).toMatchObject({ provider: null, model: null, firstTokenMs: null, isSimulated: false });
});

test("failed attempts cost nothing, unless their provider charged", async () => {
  const failed = makeAttempt({ status: "failed" });
  const charged = makeAttempt({ status: "failed", usage: makeUsage(7, 0) });
  const { outcome, record } = await settled({ attempts: [failed, charged, makeAttempt({ usage: makeUsage(1, 1) })] });
  expect(outcome).toEqual({ costNanoUsd: 10_000n, usage: makeUsage(8, 1), isEstimated: false });
  expect(record?.attempts.map(({ costNanoUsd }) => costNanoUsd)).toEqual([null, 7_000n, 3_000n]);
});

describe("the first token's time is that which the caller saw", () => {
  const attempts = [
    makeAttempt({ status: "failed", startedMs: 10, firstTokenMs: 5 }),
    makeAttempt({ status: "failed", startedMs: 50, firstTokenMs: null }),
    makeAttempt({ startedMs: 100, firstTokenMs: 7 }),
  ];

  test.each([
    ["live", 15],
    ["whole", 107],
  ] as const)("%s", async (delivery, firstTokenMs) => {
    expect((await settled({ attempts, delivery })).record?.firstTokenMs).toBe(firstTokenMs);
  });
});
