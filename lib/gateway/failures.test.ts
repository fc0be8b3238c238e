import { describe, expect, test } from "vitest";
import { makeFailure } from "#e2e/isolation/support/gateway.ts";
import { FAILURE_CODE } from "./errors.ts";
import { CAN_RETRY_HERE, COUNTS_AGAINST_TARGET, FAILURE_KINDS, isLasting, NEXT_STEP } from "./failures.ts";

test.each([
  ["CAN_RETRY_HERE", CAN_RETRY_HERE],
  ["NEXT_STEP", NEXT_STEP],
  ["COUNTS_AGAINST_TARGET", COUNTS_AGAINST_TARGET],
  ["FAILURE_CODE", FAILURE_CODE],
])("%s decides every kind of failure, and no other", (_, table) => {
  expect(Object.keys(table)).toEqual([...FAILURE_KINDS]);
});

test("what may be tried again here may be tried elsewhere too", () => {
  const retried = FAILURE_KINDS.filter((kind) => CAN_RETRY_HERE[kind]);
  expect(retried).toEqual([
    "network",
    "rate-limited",
    "overloaded",
    "server-error",
    "bad-response",
    "stream-interrupted",
  ]);
  expect(retried.map((kind) => NEXT_STEP[kind])).toEqual(retried.map(() => "next-target"));
});

test("only the caller's own doing ends a call that others could serve", () => {
  expect(FAILURE_KINDS.filter((kind) => NEXT_STEP[kind] === "stop")).toEqual(["invalid-request", "client-aborted"]);
});

test("what is about the request and not the target does not speak against the target", () => {
  expect(FAILURE_KINDS.filter((kind) => !COUNTS_AGAINST_TARGET[kind])).toEqual([
    "egress-refused",
    "rate-limited",
    "invalid-request",
    "unsupported",
    "context-too-long",
    "content-filtered",
    "client-aborted",
  ]);
});

test("a target that cannot say what is asked is passed over, and is well all the same", () => {
  expect([CAN_RETRY_HERE.unsupported, NEXT_STEP.unsupported, COUNTS_AGAINST_TARGET.unsupported]).toEqual([
    false,
    "next-target",
    false,
  ]);
});

describe("what is the same a moment later", () => {
  test.each([
    ["network", "ENOTFOUND", null, true],
    ["network", "ECONNREFUSED", null, true],
    ["network", "ERR_TLS_CERT_ALTNAME_INVALID", null, true],
    ["network", "DEPTH_ZERO_SELF_SIGNED_CERT", null, true],
    ["network", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", null, true],
    ["network", "CERT_HAS_EXPIRED", null, true],
    ["network", "ECONNRESET", null, false],
    ["rate-limited", "rate_limit_exceeded", 413, true],
    ["rate-limited", "rate_limit_exceeded", 429, false],
    ["network", "EAI_AGAIN", null, false],
    ["network", null, null, false],
    ["bad-response", null, 404, true],
    ["bad-response", null, 302, true],
    ["bad-response", null, 200, false],
    ["bad-response", null, null, false],
    ["server-error", "ENOTFOUND", 404, false],
  ] as const)("%s with code %s and status %s: %s", (kind, code, httpStatus, expected) => {
    expect(isLasting(makeFailure(kind, { code, httpStatus }))).toBe(expected);
  });
});
