import { describe, expect, test } from "vitest";
import { type AiFunction, type Model, type ModelRef, TIERS } from "#lib/gateway/contract/catalog.ts";
import { FUNCTIONS } from "./functions.ts";
import { compileCatalog } from "./index.ts";
import { RETIREMENTS } from "./retirements.ts";

describe("built-in catalog", () => {
  const catalog = compileCatalog();

  const modelOf = ({ provider, model }: ModelRef) => catalog.models.get(`${provider}/${model}`);

  test.each(FUNCTIONS)("$slug has targets of three providers or more at every tier", ({ slug, delivery }) => {
    for (const tier of TIERS) {
      const chain = catalog.chains.get(slug)?.[tier] ?? [];
      const providers = chain.map(({ provider }) => provider);
      expect(new Set(providers).size).toBeGreaterThanOrEqual(3);
      const second = chain.filter(({ provider }, at) => providers.indexOf(provider) < at);
      // One of each, but for those that finish what others began.
      if (delivery === "whole") expect(second).toEqual([]);
      else expect(second.filter((target) => modelOf(target)?.prefill === undefined)).toEqual([]);
    }
  });

  test.each(FUNCTIONS.filter(({ delivery }) => delivery === "live"))(
    "an answer of $slug that breaks off is finished by a fallback of either of two providers, at every tier",
    ({ slug }) => {
      for (const tier of TIERS) {
        const [, ...fallbacks] = catalog.chains.get(slug)?.[tier] ?? [];
        const finishing = fallbacks.filter((target) => modelOf(target)?.prefill !== undefined);
        expect(new Set(finishing.map(({ provider }) => provider)).size, tier).toBeGreaterThanOrEqual(2);
      }
    },
  );

  test("search has the very same vectors at two providers first, and others for whoever has an account at neither", () => {
    for (const tier of TIERS) {
      const [first, second, ...others] = catalog.chains.get("semantic-search")?.[tier] ?? [];
      expect(second?.model).toBe(first?.model);
      expect(second?.provider).not.toBe(first?.provider);
      expect(others.map(({ provider }) => provider)).toEqual(
        expect.arrayContaining(["google", "vertex", "mistral", "cohere", "bedrock"]),
      );
    }
  });

  test("whoever has an account at OpenAI, Azure, Google or Vertex alone is served everywhere, at Anthropic but in search", () => {
    for (const [slug, chains] of catalog.chains) {
      const everywhere = ["openai", "azure-openai", "google", "vertex"];
      const expected = slug === "semantic-search" ? everywhere : [...everywhere, "anthropic"];
      for (const tier of TIERS) {
        const providers = chains[tier].map(({ provider }) => provider);
        expect(providers, `${slug}, ${tier}`).toEqual(expect.arrayContaining(expected));
      }
    }
  });

  test.each([
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-sonnet-4-5",
    "openai/gpt-4.1",
    "openai/gpt-4.1-mini",
    "openai/gpt-4.1-nano",
    "azure-openai/gpt-4.1",
    "groq/openai/gpt-oss-120b",
    "google/gemini-2.5-flash",
    "mistral/mistral-small-2603",
  ])("%s is a known model", (key) => {
    expect(catalog.models.has(key)).toBe(true);
  });

  test("prose that people watch comes as it is written, every short answer is held until it is whole", () => {
    const live = FUNCTIONS.filter(({ delivery }) => delivery === "live").map(({ slug }) => slug);
    expect(live).toEqual([
      "meeting-brief-generation",
      "outcome-analysis",
      "conversation-summary",
      "document-summary",
      "reply-drafting",
      "call-transcript-analysis",
    ]);
  });

  test("every retirement is of a model that the catalog has", () => {
    expect(Object.keys(RETIREMENTS).filter((key) => !catalog.models.has(key))).toEqual([]);
  });
});

describe("checks of a catalog", () => {
  const task: AiFunction = {
    slug: "task",
    name: "Task",
    description: "A task.",
    needs: { contextTokens: 1_000, capabilities: ["json"] },
    defaults: {},
    delivery: "whole",
  };
  const model = (id: string, part: Partial<Model> = {}): Model => ({
    provider: id.slice(0, 1),
    id,
    name: id,
    contextTokens: 1_000,
    capabilities: ["json"],
    ...part,
  });
  const models = [
    model("a1"),
    model("a2"),
    model("a3"),
    model("b1"),
    model("b2", { contextTokens: 999 }),
    model("b3", { capabilities: [] }),
  ];
  const compile = (...ids: string[]) => {
    const chain: ModelRef[] = ids.map((id) => ({ provider: id.slice(0, 1), model: id }));
    const chains = { performance: chain, balanced: chain, economy: chain };
    return compileCatalog({ functions: [task], models, chains: { task: chains } });
  };

  test("a chain that can serve its function is taken as it stands", () => {
    expect(compile("a1", "a2", "b1").chains.get("task")?.economy).toHaveLength(3);
  });

  test.each([
    [["a1", "a2", "b9"], "b/b9 is not in the catalog"],
    [["a1", "a2", "b2"], "b/b2 takes only 999 tokens"],
    [["a1", "a2", "b3"], "b/b3 lacks json"],
    [["a1", "b1"], "fewer than 3 targets"],
    [["a1", "a1", "b1"], "fewer than 3 targets"],
    [["a1", "a2", "a3"], "fewer than 2 providers"],
  ])("%j is refused: %s", (ids, fault) => {
    expect(() => compile(...ids)).toThrow(fault);
  });

  test("a model that is shut down, or about to be, is refused in a chain", () => {
    const functions = FUNCTIONS.slice(0, 1);
    const catalog = compileCatalog();
    const chain: ModelRef[] = [{ provider: "groq", model: "llama-3.1-8b-instant" }];
    const chains = { "email-classification": { performance: chain, balanced: chain, economy: chain } };
    const data = { functions, models: [...catalog.models.values()], chains };
    expect(() => compileCatalog(data)).toThrow("groq/llama-3.1-8b-instant is shut down on 2026-08-16");
  });

  test("the operator's pin takes its cell, however short, and is checked like any chain", () => {
    const chain: ModelRef[] = ["a1", "a2", "b1"].map((id) => ({ provider: id.slice(0, 1), model: id }));
    const chains = { task: { performance: chain, balanced: chain, economy: chain } };
    const pinned = (model: string) =>
      compileCatalog({
        functions: [task],
        models,
        chains,
        pins: [{ function: "task", tier: "economy", chain: [{ provider: "a", model }] }],
      }).chains.get("task");
    expect(pinned("a3")).toEqual({ ...chains.task, economy: [{ provider: "a", model: "a3" }] });
    expect(() => pinned("a9")).toThrow("a/a9 is not in the catalog");
  });

  test("a live function without a fallback that finishes an answer that breaks off is refused", () => {
    const live: AiFunction = { ...task, delivery: "live" };
    const compileWith = (finishing: string | null) => {
      const chain = ["a1", "a2", "b1"].map((id) => ({ provider: id.slice(0, 1), model: id }));
      const chains = { task: { performance: chain, balanced: chain, economy: chain } };
      const known = models.map((one) =>
        one.id === finishing ? { ...one, prefill: "assistant-message" as const } : one,
      );
      return compileCatalog({ functions: [live], models: known, chains });
    };
    expect(compileWith("b1").chains.size).toBe(1);
    for (const finishing of ["a1", null]) {
      expect(() => compileWith(finishing)).toThrow("no fallback finishes an answer that breaks off");
    }
  });

  test("a function without chains and chains without a function are refused", () => {
    expect(() => compileCatalog({ functions: [task], models, chains: {} })).toThrow(
      "task, economy: fewer than 3 targets",
    );
    const chains = { other: { performance: [], balanced: [], economy: [] } };
    expect(() => compileCatalog({ functions: [], models, chains })).toThrow("other has chains but is no function");
  });
});
