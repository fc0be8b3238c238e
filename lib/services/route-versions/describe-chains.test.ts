import { describe, expect, test } from "vitest";
import { compileCatalog } from "#lib/catalog/index.ts";
import type { Patience } from "#lib/gateway/contract/catalog.ts";
import { describeDefaultChain, describeOverride } from "./describe-chains.ts";

const names = { catalog: compileCatalog(), connections: new Map<string, string>() };
const nano = (patience: Patience = {}) => ({
  provider: "openai",
  model: "gpt-4.1-nano",
  connectionId: null,
  ...patience,
});
const haiku = (patience: Patience = {}) => ({
  provider: "anthropic",
  model: "claude-haiku-4-5",
  connectionId: null,
  ...patience,
});

describe("patience with a target", () => {
  test("that is new says what it is instead of", () => {
    expect(describeDefaultChain(names, [nano()], [nano({ firstTokenTimeoutMs: 5_000, maxRetries: 0 })])).toEqual([
      "In the default chain, GPT-4.1 nano at OpenAI gets 5 s to its first token and no retry instead of the usual time and retries.",
    ]);
  });

  test("that changes names both", () => {
    const before = [nano({ answerTimeoutMs: 30_000 }), haiku({ maxRetries: 1 })];
    const after = [nano({ answerTimeoutMs: 60_000 }), haiku()];
    expect(describeOverride(names, { before, after, fallback: [] })).toEqual([
      "GPT-4.1 nano at OpenAI gets 60 s for a whole answer instead of 30 s for a whole answer.",
      "Claude Haiku 4.5 at Anthropic gets the usual time and retries instead of 1 retry.",
    ]);
  });

  test("goes with the target when it changes its place", () => {
    const [first, second] = [nano({ maxRetries: 0 }), haiku()];
    expect(describeOverride(names, { before: [first, second], after: [second, first], fallback: [] })).toEqual([
      "Claude Haiku 4.5 at Anthropic, then GPT-4.1 nano at OpenAI instead of GPT-4.1 nano at OpenAI, then Claude Haiku 4.5 at Anthropic.",
    ]);
  });

  test("in a new chain of a function's own is told by what served the function before", () => {
    const after = [nano({ maxRetries: 0 }), haiku({ maxRetries: 2 })];
    expect(describeOverride(names, { before: undefined, after, fallback: [nano({ maxRetries: 0 })] })).toEqual([
      "GPT-4.1 nano at OpenAI, then Claude Haiku 4.5 at Anthropic instead of the default chain.",
      "Claude Haiku 4.5 at Anthropic gets 2 retries instead of the usual time and retries.",
    ]);
  });

  test("that stays is no difference", () => {
    const chain = () => [nano({ firstTokenTimeoutMs: 5_000, answerTimeoutMs: 30_000, maxRetries: 0 })];
    expect(describeDefaultChain(names, chain(), chain())).toEqual([]);
    expect(describeOverride(names, { before: chain(), after: chain(), fallback: [] })).toEqual([]);
  });
});
