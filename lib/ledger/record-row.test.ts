import { describe, expect, test } from "vitest";
import { makeAttempt, makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { toRow } from "./record-row.ts";

const rowOf = (part: Parameters<typeof makeInvocation>[0] = {}) => JSON.parse(toRow(makeInvocation(part)));

test("a record becomes the columns of its row and of its attempts' rows", () => {
  expect(rowOf({ latencyMs: 20.4, firstTokenMs: 7.6 })).toMatchObject({
    created_at: "2026-01-31T23:59:59.999Z",
    attempt_count: 1,
    input_tokens: 100,
    output_tokens: 20,
    cost_nano_usd: "1500",
    latency_ms: 20,
    first_token_ms: 8,
    attempts: [{ number: 1, connection: "platform:acme" }],
  });
});

test("what is not known is left out, never zero", () => {
  const row = rowOf({ usage: null, costNanoUsd: null, attempts: [makeAttempt()] });
  for (const column of ["input_tokens", "cost_nano_usd", "first_token_ms"]) expect(row).not.toHaveProperty(column);
  for (const column of ["output_tokens", "cost_nano_usd"]) expect(row.attempts[0]).not.toHaveProperty(column);
});

test("amounts past a number's safe integers keep their digits", () => {
  expect(rowOf({ costNanoUsd: 9_007_199_254_740_993n }).cost_nano_usd).toBe("9007199254740993");
});

test("a row is one line", () => {
  expect(toRow(makeInvocation({ metadata: { note: "a\nb\r\u2028c" } }))).not.toContain("\n");
});

describe("text that PostgreSQL cannot hold is replaced, and no other", () => {
  test.each<[string, string, string]>([
    ["NUL", "a\0b", "a\ufffdb"],
    ["a lone high surrogate", "a\ud83d", "a\ufffd"],
    ["a lone low surrogate", "\ude00b", "\ufffdb"],
    ["surrogates the wrong way round", "\ude00\ud83d", "\ufffd\ufffd"],
    ["a pair is one character and stays", "😀", "😀"],
    ["a pair beside a lone one stays", "😀\ud83d", "😀\ufffd"],
    ["a typed escape stays text", "\\u0000", "\\u0000"],
    ["a typed surrogate escape stays text", "\\ud83d\\uDE00", "\\ud83d\\uDE00"],
    ["a typed escape after a backslash stays text", "\\\\u0000", "\\\\u0000"],
    ["a backslash before a real NUL stays", "\\\0", "\\\ufffd"],
    ["a typed escape beside a real NUL stays", "\\u0000\0", "\\u0000\ufffd"],
    ["other control characters stay", '\u0001\u001f\t"\\', '\u0001\u001f\t"\\'],
    ["a Windows path stays", "C:\\users\\u0000\\d800", "C:\\users\\u0000\\d800"],
  ])("%s", (_, given, kept) => {
    expect(rowOf({ metadata: { text: given } }).metadata.text).toBe(kept);
    expect(rowOf({ attempts: [makeAttempt({ message: given })] }).attempts[0].message).toBe(kept);
  });

  test("in the names of metadata too", () => {
    expect(rowOf({ metadata: { "a\0": "x" } }).metadata).toEqual({ "a\ufffd": "x" });
  });
});
