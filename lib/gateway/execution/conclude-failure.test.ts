import { describe, expect, test } from "vitest";
import { makeAttempt, makeFailure } from "#e2e/isolation/support/gateway.ts";
import { FAILURE_KINDS, type FailureKind, NEXT_STEP } from "../failures.ts";
import type { ExcludedTarget, RoutePlan } from "../routing/plan.ts";
import { retryHeaders } from "../wires/openai-errors.ts";
import { concludeFailure, concludeNoTarget } from "./conclude-failure.ts";
import { DEADLINE_PASSED } from "./lease.ts";

const failed = (failureKind: FailureKind, model = "large") =>
  makeAttempt({ model, status: "failed", failureKind, httpStatus: 500, message: `It was ${failureKind}.` });
const conclude = (...kinds: FailureKind[]) =>
  concludeFailure(
    makeFailure(kinds.at(-1) as FailureKind),
    kinds.map((kind) => failed(kind)),
  );

const AGAIN = { "retry-after": "1" };
const NEVER = { "x-should-retry": "false" };

/** What a call with one target ends in, kind by kind. */
const ENDS = {
  timeout: [504, "upstream_timeout", AGAIN],
  network: [502, "all_targets_failed", AGAIN],
  "egress-refused": [502, "all_targets_failed", NEVER],
  "rate-limited": [429, "rate_limit_exceeded", AGAIN],
  overloaded: [502, "all_targets_failed", AGAIN],
  "server-error": [502, "all_targets_failed", AGAIN],
  "provider-auth": [502, "all_targets_failed", NEVER],
  "provider-quota": [502, "all_targets_failed", NEVER],
  "invalid-request": [400, "invalid_request", NEVER],
  unsupported: [400, "invalid_request", NEVER],
  "context-too-long": [400, "context_length_exceeded", NEVER],
  "content-filtered": [400, "content_filter", NEVER],
  "bad-response": [502, "all_targets_failed", AGAIN],
  "stream-interrupted": [502, "all_targets_failed", AGAIN],
  "client-aborted": [499, "client_closed_request", AGAIN],
} as const satisfies Record<FailureKind, readonly [number, string, Record<string, string>]>;

describe("every kind of failure becomes its status, its code and its word on trying again", () => {
  test.each(FAILURE_KINDS)("%s", (kind) => {
    const [status, code, headers] = ENDS[kind];
    const error = conclude(kind);
    expect(error).toMatchObject({ status, code });
    expect(retryHeaders(error)).toEqual(headers);
  });
});

describe("several targets", () => {
  test("that failed in the same way end in that way's code", () => {
    expect(conclude("rate-limited", "rate-limited")).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(conclude("context-too-long", "context-too-long")).toMatchObject({ status: 400 });
  });

  test("that failed in different ways end in all_targets_failed", () => {
    expect(conclude("timeout", "rate-limited")).toMatchObject({ status: 502, code: "all_targets_failed" });
  });

  test.each(FAILURE_KINDS.filter((kind) => NEXT_STEP[kind] === "stop"))(
    "%s ends the call as itself after others",
    (kind) => {
      const error = conclude("network", kind);
      expect(error.code).toBe(ENDS[kind][1]);
      expect(error.message).toBe(`It was ${kind}.`);
    },
  );

  test("a retry is advised when one of them may do better, and not when none can", () => {
    expect(retryHeaders(conclude("provider-auth", "overloaded"))).toEqual(AGAIN);
    expect(retryHeaders(conclude("provider-auth", "provider-quota"))).toEqual(NEVER);
    expect(retryHeaders(conclude("context-too-long", "provider-auth"))).toEqual(NEVER);
    expect(retryHeaders(conclude("unsupported", "provider-auth"))).toEqual(NEVER);
    const missing = makeAttempt({ status: "failed", failureKind: "bad-response", httpStatus: 404 });
    expect(retryHeaders(concludeFailure(makeFailure("bad-response"), [missing]))).toEqual(NEVER);
  });
});

test("a deadline that passes ends the call as itself, whatever failed before", () => {
  const error = concludeFailure(DEADLINE_PASSED, [failed("network"), failed("timeout")]);
  expect(error).toMatchObject({ code: "upstream_timeout", message: DEADLINE_PASSED.message });
});

test("a call whose targets all rest says so, and is worth another try", () => {
  const error = concludeFailure(makeFailure("overloaded", { message: "All are resting." }), []);
  expect(error).toMatchObject({ code: "all_targets_failed", message: "All are resting.", attempts: [] });
  expect(retryHeaders(error)).toEqual(AGAIN);
});

test("every attempt is listed, without our own ids", () => {
  const attempts = [failed("timeout", "a"), makeAttempt({ status: "failed", failureKind: null, latencyMs: 1.6 })];
  expect(concludeFailure(makeFailure("network"), attempts).attempts).toEqual([
    { provider: "acme", model: "a", kind: "timeout", status: 500, message: "It was timeout.", ms: 20 },
    { provider: "acme", model: "large", kind: "bad-response", status: 200, message: "", ms: 2 },
  ]);
});

test("the message counts the targets and quotes each", () => {
  expect(conclude("timeout").message).toBe("The only target did not answer in time. acme/large: It was timeout.");
  const attempts = [failed("network", "a"), failed("overloaded", "b")];
  expect(concludeFailure(makeFailure("overloaded"), attempts).message).toBe(
    "All 2 targets failed. acme/a: It was network. acme/b: It was overloaded.",
  );
  // One that was tried twice is one all the same.
  expect(conclude("network", "overloaded").message).toBe(
    "The only target failed. acme/large (tried 2 times): It was overloaded.",
  );
});

test("the provider's wait is passed on in whole seconds, rounded up, at least one", () => {
  const after = (retryAfterMs: number | null) =>
    concludeFailure(makeFailure("rate-limited", { retryAfterMs }), [failed("rate-limited")]).retryAfterSeconds;
  expect([after(null), after(0), after(200), after(1_000), after(1_001), after(30_000)]).toEqual([1, 1, 1, 1, 2, 30]);
});

test("who is over a limit by one request alone is not told to send it again", () => {
  const alone = { ...failed("rate-limited"), httpStatus: 413 };
  const error = concludeFailure(makeFailure("rate-limited", { httpStatus: 413 }), [alone]);
  expect(error).toMatchObject({ code: "rate_limit_exceeded", retryAfterSeconds: null });
});

test("the field that the provider found at fault is passed on", () => {
  const failure = makeFailure("invalid-request", { param: "tools[0].name" });
  expect(concludeFailure(failure, [failed("invalid-request")]).param).toBe("tools[0].name");
});

describe("a call without any target", () => {
  const plan = (excluded: ExcludedTarget[]): RoutePlan => ({
    functionSlug: "triage",
    mode: "platform-managed",
    tier: "balanced",
    routeVersion: 1,
    targets: [],
    excluded,
  });
  const left = (provider: string, reason: string, part: Partial<ExcludedTarget> = {}): ExcludedTarget => {
    return { provider, model: "m", reason, param: null, waitMs: null, cause: "no-account", ...part };
  };
  const noAccount = (provider: string) => left(provider, `no account at ${provider}`);
  const incapable = (reason: string, param: string | null) => left("acme", reason, { param, cause: "incapable" });
  const resting = (cause: "open" | "cooling", waitMs: number) => left("acme", `m is ${cause}`, { cause, waitMs });

  test("for want of an account says which variable its operator has to set", () => {
    const error = concludeNoTarget(plan([noAccount("azure-openai"), noAccount("openai"), noAccount("openai")]));
    expect(error).toMatchObject({ status: 422, code: "no_route" });
    expect(error.message).toContain("PLATFORM_AZURE_OPENAI_API_KEY or PLATFORM_OPENAI_API_KEY.");
    expect(retryHeaders(error)).toEqual(NEVER);
  });

  test("for want of a capability names the field and every reason", () => {
    const error = concludeNoTarget(plan([noAccount("openai"), incapable("small does not take images", "messages[0]")]));
    expect(error).toMatchObject({ status: 400, code: "invalid_request", param: "messages[0]" });
    expect(error.message).toContain("no account at openai; small does not take images");
    expect(retryHeaders(error)).toEqual(NEVER);
  });

  test("names a field if any reason has one", () => {
    const excluded = [incapable("a is not reached", null), incapable("b does not take tools", "tools")];
    expect(concludeNoTarget(plan(excluded)).param).toBe("tools");
  });

  test.each<[string, ExcludedTarget[], number, string, string]>([
    ["rest after failures", [resting("open", 4_200), resting("open", 9_000)], 502, "all_targets_failed", "5"],
    ["asked for patience", [resting("cooling", 30_000)], 429, "rate_limit_exceeded", "30"],
    ["do one or the other", [resting("cooling", 30_000), resting("open", 100)], 502, "all_targets_failed", "1"],
    ["rest or cannot", [incapable("a is too small", null), resting("cooling", 900)], 429, "rate_limit_exceeded", "1"],
  ])("whose targets %s says when to come back", (_, excluded, status, code, seconds) => {
    const error = concludeNoTarget(plan(excluded));
    expect(error).toMatchObject({ status, code, attempts: [] });
    expect(retryHeaders(error)).toEqual({ "retry-after": seconds });
    for (const { reason } of excluded) expect(error.message).toContain(reason);
  });

  test("for want of a route says where to give it one", () => {
    expect(concludeNoTarget(plan([]))).toMatchObject({ code: "no_route", message: expect.stringContaining("console") });
  });
});
