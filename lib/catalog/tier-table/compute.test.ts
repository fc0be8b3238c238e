import { describe, expect, test } from "vitest";
import { costNanoUsd } from "#lib/gateway/accounting/cost.ts";
import type { AiFunction, Capability, Model, Price } from "#lib/gateway/contract/catalog.ts";
import { FUNCTION_PROFILES, type FunctionProfile } from "../function-profiles.ts";
import { FUNCTIONS } from "../functions.ts";
import type { ModelQuality } from "../quality.ts";
import { TIER_TABLE } from "../tier-table.generated.ts";
import { computeBuiltInTable } from "./built-in.ts";
import { computeTierTable, type TierTableInput } from "./compute.ts";

/** Quality, dollars per million tokens either way, and what differs. */
interface Entry {
  quality: number | null;
  price: number | null;
  isOwn?: boolean;
  effort?: ModelQuality["effort"];
  part?: Partial<Model>;
}

const task = (capabilities: readonly Capability[] = []): AiFunction => ({
  slug: "task",
  name: "Task",
  description: "A task.",
  needs: { contextTokens: 1_000, capabilities },
  defaults: {},
  delivery: "whole",
});
const PROFILE: FunctionProfile = {
  judgedBy: ["reasoning"],
  qualityFloor: 0.6,
  tokens: { input: 1_000, output: 0, reasoning: 1_000 },
};
const flat = (usd: number): Price => {
  const price = { nanoUsdPerMillion: BigInt(usd * 1e9), above: [] };
  return { validFrom: null, input: price, output: price, cachedInput: null, cacheWrite: null };
};

/** By `provider/model`. */
function compute(entries: Readonly<Record<string, Entry>>, part: Partial<TierTableInput> = {}) {
  const quality: Record<string, ModelQuality> = {};
  const models = Object.entries(entries).map(([key, entry]): Model => {
    const [provider = "", id = ""] = key.split("/");
    if (entry.quality !== null) {
      const scores = { reasoning: entry.quality, embeddings: entry.quality };
      quality[key] = { run: `run of ${id}`, isOwn: entry.isOwn ?? true, effort: entry.effort ?? "none", scores };
    }
    return { provider, id, name: id, contextTokens: 1_000, capabilities: [], ...entry.part };
  });
  const find = (provider: string, model: string) => {
    const price = entries[`${provider}/${model}`]?.price ?? null;
    return price === null ? null : flat(price);
  };
  const table = computeTierTable({
    functions: [task()],
    profiles: { task: PROFILE },
    models,
    prices: { find },
    costOf: costNanoUsd,
    quality,
    retirements: {},
    at: new Date("2026-01-01"),
    pins: [],
    ...part,
  });
  const chains = Object.entries(table.chains.task ?? {}).map(([tier, chain]) => [
    tier,
    chain.map(({ provider, model }) => `${provider}/${model}`),
  ]);
  return { chains: Object.fromEntries(chains), why: table.explanations.task };
}

/** Three providers: a dear best one, a near one at half the price, a cheap one above the floor, and one below. */
const FOUR: Readonly<Record<string, Entry>> = {
  "a/best": { quality: 90, price: 10 },
  "b/near": { quality: 80, price: 5 },
  "c/cheap": { quality: 60, price: 1 },
  "d/poor": { quality: 50, price: 0.1 },
};

describe("the committed table", () => {
  test("is what the command gives", () => {
    expect(TIER_TABLE).toEqual(computeBuiltInTable(costNanoUsd));
  });

  test("explains every target of every chain, and no first pick rests on another model's figure", () => {
    for (const { slug } of FUNCTIONS) {
      for (const [tier, { targets }] of Object.entries(TIER_TABLE.explanations[slug]?.tiers ?? {})) {
        const chain = TIER_TABLE.chains[slug]?.[tier as "economy"] ?? [];
        expect(targets, slug).toHaveLength(chain.length);
        expect(targets[0], slug).not.toContain("Not measured itself");
      }
    }
  });

  test("a pick that serves several tiers says so", () => {
    for (const { slug } of FUNCTIONS) {
      const { performance, balanced, economy } = TIER_TABLE.chains[slug] ?? {};
      const firsts = [performance, balanced, economy].map((chain) => chain?.[0]?.model);
      if (new Set(firsts).size === 1) {
        expect(TIER_TABLE.explanations[slug]?.tiers.economy.targets[0]).toContain("Also the pick for");
      }
    }
  });

  test("every function has a profile, and no profile is of none", () => {
    expect(Object.keys(FUNCTION_PROFILES).sort()).toEqual(FUNCTIONS.map(({ slug }) => slug).sort());
  });
});

describe("picks", () => {
  test("best quality, best quality for its cost from halfway on, and cheapest above the floor", () => {
    const { chains } = compute(FOUR);
    expect(chains.performance).toEqual(["a/best", "b/near", "c/cheap"]);
    expect(chains.balanced).toEqual(["b/near", "a/best", "c/cheap"]);
    expect(chains.economy).toEqual(["c/cheap", "b/near", "a/best"]);
  });

  test("what falls below the floor is in no chain, and the explanation names it with its figure", () => {
    const { chains, why } = compute(FOUR);
    expect(Object.values(chains).flat()).not.toContain("d/poor");
    expect(why?.excluded).toEqual([{ reason: "Below the floor of 54.0.", models: ["d/poor (50.0)"] }]);
  });

  test("a chain has one target of each provider, its best by the tier's measure; the others are named", () => {
    const { chains, why } = compute({ ...FOUR, "a/second": { quality: 85, price: 2 } });
    expect(chains.performance).toEqual(["a/best", "b/near", "c/cheap"]);
    expect(chains.economy).toEqual(["c/cheap", "a/second", "b/near"]);
    expect(why?.tiers.performance.behind).toEqual(["a/second"]);
  });

  test("a model known by its forerunner's figure is a fallback, never a first pick, and sets no floor", () => {
    const { chains, why } = compute({ ...FOUR, "e/new": { quality: 99, price: 0.5, isOwn: false } });
    expect(chains.performance).toEqual(["a/best", "e/new", "b/near", "c/cheap"]);
    expect(chains.economy[0]).toBe("c/cheap");
    expect(why?.tiers.performance.targets[1]).toContain("the figure is its predecessor's (run of new)");
    expect(why?.excluded[0]?.reason).toBe("Below the floor of 54.0.");
  });

  test("thinking is charged: what thinks hard is dearer than its price per token", () => {
    const { chains } = compute({
      "a/quiet": { quality: 80, price: 2 },
      "b/thinker": { quality: 80, price: 1, effort: "high" },
    });
    expect(chains.economy[0]).toBe("a/quiet");
  });

  test("a price that changes by the hour counts at its dearest", () => {
    const find = (provider: string, _model: string, at: Date) =>
      flat(provider === "a" ? 2 : at.getUTCHours() === 3 ? 3 : 1);
    const entries = { "a/steady": { quality: 80, price: 2 }, "b/by-night": { quality: 80, price: 1 } };
    expect(compute(entries, { prices: { find } }).chains.economy[0]).toBe("a/steady");
  });
});

describe("exclusions", () => {
  test.each<[string, Entry, string]>([
    ["no published figure", { quality: null, price: 1 }, "No figure is published"],
    ["no published price", { quality: 80, price: null }, "No price is published."],
    ["too small a context", { quality: 80, price: 1, part: { contextTokens: 999 } }, "It takes only 999 tokens."],
    ["vectors for answers", { quality: 80, price: 1, part: { capabilities: ["embeddings"] } }, "Makes vectors, no"],
  ])("%s keeps a model out, and is said", (_name, entry, reason) => {
    const { chains, why } = compute({ ...FOUR, "x/out": entry });
    expect(Object.values(chains).flat()).not.toContain("x/out");
    expect(why?.excluded.find(({ models }) => models.includes("x/out"))?.reason).toContain(reason);
  });

  test("a capability that the function needs and the model lacks keeps it out", () => {
    const { why } = compute(FOUR, { functions: [task(["json"])] });
    expect(why?.excluded).toEqual([{ reason: "It lacks json.", models: Object.keys(FOUR) }]);
  });

  test("a model that is shut down is out, and so is its copy at another host", () => {
    const retirements = { "a/best": "2026-02-01" };
    const { chains, why } = compute({ ...FOUR, "b/best": { quality: 90, price: 1 } }, { retirements });
    expect(chains.performance[0]).toBe("b/near");
    expect(why?.excluded).toContainEqual({ reason: "It is shut down on 2026-02-01.", models: ["a/best"] });
    expect(why?.excluded).toContainEqual({ reason: "Its maker shuts it down on 2026-02-01.", models: ["b/best"] });
  });
});

describe("vectors", () => {
  const part: Partial<Model> = { capabilities: ["embeddings"] };
  const profiles = { task: { ...PROFILE, judgedBy: ["embeddings" as const] } };
  const functions = [task(["embeddings"])];

  test("the very same model comes next, wherever it is had, then others, and at last what has no figure, by price", () => {
    const { chains, why } = compute(
      {
        "a/large": { quality: 90, price: 2, part },
        "c/other": { quality: 89, price: 1, part },
        "b/large": { quality: 90, price: 2, part },
        "d/dear": { quality: null, price: 0.5, part },
        "e/cheap": { quality: null, price: 0.1, part },
        "a/unknown": { quality: null, price: 0.1, part },
      },
      { functions, profiles },
    );
    expect(chains.performance).toEqual(["a/large", "b/large", "c/other", "e/cheap", "d/dear"]);
    expect(chains.economy).toEqual(["c/other", "a/large", "b/large", "e/cheap", "d/dear"]);
    expect(why?.tiers.performance.behind).toEqual(["a/unknown"]);
    expect(why?.excluded).toEqual([]);
  });

  test("a fallback with other vectors says whom it is for, and one without a figure says so", () => {
    const { why } = compute(
      {
        "a/v": { quality: 90, price: 2, part },
        "b/v": { quality: 90, price: 2, part },
        "c/w": { quality: null, price: 1, part },
      },
      { functions, profiles },
    );
    const [, same, other] = why?.tiers.performance.targets ?? [];
    expect(same).not.toContain("vectors");
    expect(other).toContain("No published figure that compares");
    expect(other).toContain("Its vectors do not compare with those of v");
  });

  test("without a figure no model is picked first", () => {
    expect(compute({ "a/v": { quality: null, price: 1, part } }, { functions, profiles }).chains.economy).toEqual([]);
  });
});

describe("live functions", () => {
  const live: AiFunction = { ...task(), delivery: "live" };
  const part: Partial<Model> = { prefill: "assistant-message" };

  test("the best of each provider that finishes what others began is a fallback of every tier, and says why", () => {
    const entries: Readonly<Record<string, Entry>> = {
      ...FOUR,
      "a/older": { quality: 50, price: 1, part },
      "a/oldest": { quality: 40, price: 0.5, part },
      "e/other": { quality: 45, price: 1, part },
    };
    const { chains, why } = compute(entries, { functions: [live] });
    expect(chains.performance).toEqual(["a/best", "b/near", "c/cheap", "a/older", "e/other"]);
    expect(chains.economy).toEqual(["c/cheap", "b/near", "a/best", "a/older", "e/other"]);
    const [, second, , fourth] = why?.tiers.economy.targets ?? [];
    expect(second).not.toContain("finish");
    expect(fourth).toContain("Below the floor of 54.0, so last in line: it is here to finish answers");
    expect(why?.excluded).toEqual([
      { reason: "Below the floor of 54.0.", models: ["d/poor (50.0)", "a/oldest (40.0)"] },
    ]);
    expect(compute(entries).chains.performance).toEqual(["a/best", "b/near", "c/cheap"]);
  });

  test("above the floor it is the tier's own measure that counts, and nothing from below is taken", () => {
    const entries: Readonly<Record<string, Entry>> = {
      ...FOUR,
      "a/good": { quality: 70, price: 3, part },
      "a/fair": { quality: 60, price: 2, part },
      "e/below": { quality: 50, price: 1, part },
    };
    const { chains, why } = compute(entries, { functions: [live] });
    expect(chains.performance).toEqual(["a/best", "b/near", "c/cheap", "a/good"]);
    expect(chains.economy).toEqual(["c/cheap", "a/fair", "b/near"]);
    expect(why?.tiers.performance.targets[3]).toContain("Behind another model of its provider, and here to finish");
  });

  test("a first pick cannot finish its own answer: another can", () => {
    const entries: Readonly<Record<string, Entry>> = {
      ...FOUR,
      "c/cheap": { quality: 60, price: 1, part },
      "e/other": { quality: 50, price: 1, part },
    };
    const { chains } = compute(entries, { functions: [live] });
    expect(chains.economy).toEqual(["c/cheap", "b/near", "a/best", "e/other"]);
    expect(chains.performance).toEqual(["a/best", "b/near", "c/cheap"]);
  });
});

describe("pins", () => {
  const pin = { function: "task", tier: "economy" as const, chain: [{ provider: "d", model: "poor" }] };

  test("the operator's pin takes its cell alone, even below the floor, and is called one", () => {
    const { chains, why } = compute(FOUR, { pins: [pin] });
    expect(chains.economy).toEqual(["d/poor"]);
    expect(chains.balanced[0]).toBe("b/near");
    expect(why?.tiers.economy).toEqual({ isPinned: true, targets: ["Pinned by the operator."], behind: [] });
  });

  test("models of a server that the catalog knows nothing of are taken at the operator's word", () => {
    const chain = [{ provider: "vllm", model: "our-own" }];
    expect(compute(FOUR, { pins: [{ ...pin, chain }] }).chains.economy).toEqual(["vllm/our-own"]);
  });

  test.each([
    ["an unknown function", [{ ...pin, function: "nope" }], "there is no such function"],
    ["an unknown tier", [{ ...pin, tier: "free" as "economy" }], "there is no such tier"],
    ["the same cell twice", [pin, pin], "there are two of it"],
    ["no model", [{ ...pin, chain: [] }], "it names no model"],
    ["a model twice", [{ ...pin, chain: [...pin.chain, ...pin.chain] }], "d/poor is named twice"],
    [
      "a model that its provider has not",
      [{ ...pin, chain: [{ provider: "a", model: "x" }] }],
      "is not in the catalog",
    ],
  ])("%s is refused", (_name, pins, fault) => {
    expect(() => compute(FOUR, { pins })).toThrow(fault);
  });

  test("a model that cannot serve the function is refused", () => {
    expect(() => compute(FOUR, { functions: [task(["json"])], pins: [pin] })).toThrow("d/poor lacks json");
  });
});
