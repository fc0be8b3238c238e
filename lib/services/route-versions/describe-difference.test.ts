import { describe, expect, test } from "vitest";
import { compileCatalog } from "#lib/catalog/index.ts";
import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "./config.ts";
import { describeDifference, toLines } from "./describe-difference.ts";

const EU_KEY = "0190a000-0000-7000-8000-0000000000e1";
const names = { catalog: compileCatalog(), connections: new Map([[EU_KEY, "EU key"]]) };
const BASE: RouteConfig = { mode: "bring-your-own", tier: "balanced" };
const target = (provider: string, model: string, connectionId: string | null = null): TargetRef => ({
  provider,
  model,
  connectionId,
});
const NANO = target("openai", "gpt-4.1-nano");
const HAIKU = target("anthropic", "claude-haiku-4-5");

const lines = (before: Partial<RouteConfig>, after: Partial<RouteConfig>) =>
  toLines(describeDifference({ ...BASE, ...before }, { ...BASE, ...after }, names));

test("a function called like what every object has is one that had nothing of its own", () => {
  const before = { overrides: { "ticket-triage": [NANO] }, functionTiers: { "ticket-triage": "economy" } } as const;
  const overrides = { "ticket-triage": [NANO], constructor: [HAIKU] };
  const functionTiers = { ...before.functionTiers, constructor: "economy" } as const;
  expect(lines({ ...before, overrides: { "ticket-triage": [NANO] } }, { overrides, functionTiers })).toEqual([
    "constructor: Claude Haiku 4.5 at Anthropic instead of the default chain.",
    "constructor: The economy tier instead of the tier of all functions.",
  ]);
});

describe("each change is a sentence", () => {
  test.each<[string, Partial<RouteConfig>, Partial<RouteConfig>, string[]]>([
    [
      "a chain of a function's own",
      {},
      { overrides: { "email-classification": [NANO] } },
      ["email-classification: GPT-4.1 nano at OpenAI instead of the default chain."],
    ],
    [
      "its fallbacks in order, and a connection by its name",
      { overrides: { "email-classification": [NANO] } },
      { overrides: { "email-classification": [target("openai", "gpt-4.1-nano", EU_KEY), HAIKU] } },
      [
        "email-classification: GPT-4.1 nano at OpenAI by EU key, then Claude Haiku 4.5 at Anthropic instead of GPT-4.1 nano at OpenAI.",
      ],
    ],
    [
      "fallbacks that change places",
      { overrides: { "ticket-triage": [NANO, HAIKU] } },
      { overrides: { "ticket-triage": [HAIKU, NANO] } },
      [
        "ticket-triage: Claude Haiku 4.5 at Anthropic, then GPT-4.1 nano at OpenAI instead of GPT-4.1 nano at OpenAI, then Claude Haiku 4.5 at Anthropic.",
      ],
    ],
    [
      "a chain of its own that goes",
      { overrides: { "email-classification": [NANO] } },
      {},
      ["email-classification: The default chain instead of GPT-4.1 nano at OpenAI."],
    ],
    [
      "the default chain",
      {},
      { chain: [HAIKU] },
      ["All functions: The default chain is Claude Haiku 4.5 at Anthropic instead of nothing."],
    ],
    [
      "the mode and the tier",
      {},
      { mode: "platform-managed", tier: "economy" },
      [
        "All functions: Platform managed instead of Bring your own model.",
        "All functions: The economy tier instead of balanced.",
      ],
    ],
    [
      "a function's tier",
      { functionTiers: { "ticket-triage": "economy" } },
      { functionTiers: { "reply-drafting": "performance" } },
      [
        "reply-drafting: The performance tier instead of the tier of all functions.",
        "ticket-triage: The tier of all functions instead of the economy tier.",
      ],
    ],
    [
      "the two switches, on",
      {},
      { hasPlatformFallback: true, canRetryFiltered: true },
      [
        "All functions: The platform's accounts come last where your own fail.",
        "All functions: Another model may be asked what a content filter refused.",
      ],
    ],
    [
      "the two switches, off",
      { hasPlatformFallback: true, canRetryFiltered: true },
      {},
      [
        "All functions: The platform's accounts no longer come last where your own fail.",
        "All functions: No other model is asked any more what a content filter refused.",
      ],
    ],
    [
      "a rule where there was none",
      {},
      { residency: { regions: ["eu-central-1", "eu-west-1"], hosts: ["gpu.example"] } },
      ["Residency: Calls may go nowhere but to the regions eu-central-1 and eu-west-1 and the host gpu.example."],
    ],
    [
      "a rule that allows nothing",
      {},
      { residency: { regions: [], hosts: [] } },
      ["Residency: Calls may go nowhere but to no place at all."],
    ],
    [
      "a rule that changes",
      { residency: { regions: ["eu-central-1"], hosts: [] } },
      { residency: { regions: ["eu-west-1"], hosts: [] } },
      [
        "Residency: Calls may also go to the region eu-west-1.",
        "Residency: Calls may no longer go to the region eu-central-1.",
      ],
    ],
    [
      "a rule that is lifted",
      { residency: { regions: [], hosts: ["a"] } },
      { residency: null },
      ["Residency: Calls may go anywhere: the rule is lifted."],
    ],
    [
      "a connection that is gone",
      {},
      { chain: [target("openai", "x", "0190a000-0000-7000-8000-0000000000ff")] },
      ["All functions: The default chain is x at OpenAI by a connection that is gone instead of nothing."],
    ],
  ])("%s", (_, before, after, said) => {
    expect(lines(before, after)).toEqual(said);
  });
});

describe("what means the same is no difference", () => {
  test.each<[string, Partial<RouteConfig>, Partial<RouteConfig>]>([
    ["left out and empty", {}, { chain: [], overrides: {}, functionTiers: {}, residency: null }],
    ["left out and off", {}, { hasPlatformFallback: false, canRetryFiltered: false }],
    [
      "the same places in another order",
      { residency: { regions: ["a", "b"], hosts: [] } },
      { residency: { regions: ["b", "a"], hosts: [] } },
    ],
  ])("%s", (_, before, after) => {
    expect(lines(before, after)).toEqual([]);
    expect(lines(after, before)).toEqual([]);
  });
});

test("sentences are grouped by function, in the catalog's order and under its name", () => {
  const before = { ...BASE, functionTiers: { "reply-drafting": "economy" as const } };
  const after = {
    ...BASE,
    tier: "economy" as const,
    overrides: { "reply-drafting": [HAIKU], "email-classification": [NANO], gone: [NANO] },
  };
  const groups = describeDifference(before, after, names);
  expect(groups.map(({ functionSlug, title, sentences }) => [functionSlug, title, sentences.length])).toEqual([
    [null, "All functions", 1],
    ["email-classification", "Email classification", 1],
    ["reply-drafting", "Reply drafting", 2],
    ["gone", "gone", 1],
  ]);
});
