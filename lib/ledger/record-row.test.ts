import { describe, expect, test } from "vitest";
import { makeAttempt, makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { ATTEMPT_COLUMNS, type Column, INVOCATION_COLUMNS, parseRow, toRow } from "./record-row.ts";

/** A row with its columns' names, as a table holds it. */
function rowOf(part: Parameters<typeof makeInvocation>[0] = {}) {
  const { invocation, attempts } = parseRow(toRow(makeInvocation(part)));
  return {
    ...named(INVOCATION_COLUMNS, invocation),
    attempts: attempts.map((values) => named(ATTEMPT_COLUMNS, values)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON holds
function named(columns: readonly Column[], values: readonly unknown[]): any {
  expect(values).toHaveLength(columns.length);
  return Object.fromEntries(columns.map(({ name }, at) => [name, values[at]]));
}

test("a record becomes the columns of its row and of its attempts' rows", () => {
  expect(rowOf({ latencyMs: 20.4, firstTokenMs: 7.6 })).toMatchObject({
    created_at: Date.UTC(2026, 0, 31, 23, 59, 59, 999),
    attempt_count: 1,
    input_tokens: 100,
    output_tokens: 20,
    cost_nano_usd: "1500",
    latency_ms: 20,
    first_token_ms: 8,
    attempts: [{ number: 1, connection: "platform:acme" }],
  });
});

test("what is not known is null, never zero", () => {
  const row = rowOf({ usage: null, costNanoUsd: null, attempts: [makeAttempt()] });
  for (const column of ["input_tokens", "cost_nano_usd", "first_token_ms"]) expect(row[column]).toBeNull();
  for (const column of ["output_tokens", "cost_nano_usd"]) expect(row.attempts[0][column]).toBeNull();
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

test.each(["", "{", "null", "7", "{}", "[]", "[[]]", "[[],[1]]"])("%j is no row", (text) => {
  expect(() => parseRow(text)).toThrow(SyntaxError);
});
