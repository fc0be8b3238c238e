import { describe, expect, test } from "vitest";
import type { Patience } from "../contract/catalog.ts";
import { maxRetriesOf, timeOf } from "./patience.ts";

const USUAL = { firstTokenMs: 1_000, idleMs: 500 };
const STREAM = { isStream: true, isReasoning: false, delivery: "live" } as const;
const HELD = { ...STREAM, delivery: "whole" } as const;
const REASONING = { ...STREAM, isReasoning: true };
const ANSWER = { ...STREAM, isStream: false };
const BOTH = { firstTokenTimeoutMs: 2_000, answerTimeoutMs: 9_000 };

describe("how long an attempt is waited for", () => {
  test.each<[string, Patience, Parameters<typeof timeOf>[2], { silenceMs: number; answerMs: number | null }]>([
    ["a stream, as usual", {}, STREAM, { silenceMs: 1_000, answerMs: null }],
    ["a held stream, as usual", {}, HELD, { silenceMs: 1_000, answerMs: null }],
    ["a stream that thinks first, as usual", {}, REASONING, { silenceMs: 5_000, answerMs: null }],
    ["an answer in one piece, as usual", {}, ANSWER, { silenceMs: 5_000, answerMs: null }],
    ["a stream, by the chain", BOTH, STREAM, { silenceMs: 2_000, answerMs: null }],
    ["a held stream, by the chain", BOTH, HELD, { silenceMs: 2_000, answerMs: 9_000 }],
    ["a stream that thinks first, by the chain", BOTH, REASONING, { silenceMs: 2_000, answerMs: null }],
    ["an answer in one piece, by the chain", BOTH, ANSWER, { silenceMs: 9_000, answerMs: null }],
    [
      "an answer, where only the first token has a word",
      { firstTokenTimeoutMs: 9 },
      ANSWER,
      { silenceMs: 5_000, answerMs: null },
    ],
  ])("%s", (_, own, asked, expected) => {
    expect(timeOf(own, USUAL, asked)).toEqual(expected);
  });
});

describe("how often a target may be tried again", () => {
  test.each<[string, Patience, boolean, number]>([
    ["once where another is at hand", {}, true, 1],
    ["twice where it is the last", {}, false, 2],
    ["as its chain says", { maxRetries: 2 }, true, 2],
    ["not at all, if its chain says so", { maxRetries: 0 }, false, 0],
    ["never more than twice", { maxRetries: 9 }, true, 2],
  ])("%s", (_, own, hasOthers, expected) => {
    expect(maxRetriesOf(own, hasOthers)).toBe(expected);
  });
});
