import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { Model } from "../contract/catalog.ts";
import type { Connection } from "../contract/snapshot.ts";
import { FEATURES, type Feature, type Thought, type Translation } from "../contract/wire.ts";
import { chooseWay, type RequestFacts } from "./choose-way.ts";

const MODEL: Model = { provider: "acme", id: "large", name: "L", contextTokens: 1, capabilities: ["tools", "json"] };
const ALL: Translation = { features: FEATURES, hints: [], thoughts: [] };
const speaker = (translation: Translation | null = null) => makeConnection("acme", { translation });
const foreigner = (translation: Translation | null = null) => makeConnection("acme", { wires: [], translation });

const choose = (connection: Connection, known: Model | null, facts: RequestFacts) =>
  chooseWay(connection, { modelId: "large", known }, facts);

function asking(...features: Feature[]): RequestFacts {
  return { wire: "openai-chat", needs: features.map((feature) => ({ feature, param: `field.${feature}` })), hints: [] };
}

test("a request goes as it came to a provider that speaks its wire, whatever a translation could say", () => {
  const facts = { ...asking("seed", "other"), hints: [{ hint: "store", param: "store" }] as const };
  expect(choose(speaker(ALL), MODEL, facts)).toEqual({ kind: "native", leavesOut: [] });
});

test("else it is translated, if the translation carries everything that it asks for", () => {
  const translation = { features: ["tools", "stop"], hints: [], thoughts: [] } as const;
  expect(choose(foreigner(translation), MODEL, asking("tools", "stop"))).toEqual({
    kind: "translation",
    leavesOut: [],
  });
  expect(choose(foreigner(translation), MODEL, asking("tools", "seed", "n"))).toEqual({
    kind: "none",
    reason: "is reached at acme without a seed",
    param: "field.seed",
  });
});

test("a field that only its own wire knows is named by its path", () => {
  const translation = { features: ["tools"], hints: [], thoughts: [] } as const;
  const facts = { ...asking(), needs: [{ feature: "other", param: "web_search_options" }] } as const;
  expect(choose(foreigner(translation), MODEL, facts)).toMatchObject({
    kind: "none",
    reason: "is reached at acme without `web_search_options`",
  });
});

test("hints that are not carried are left out, each said once", () => {
  const hints = [
    { hint: "user", param: "user" },
    { hint: "prompt-cache", param: "prompt_cache_key" },
    { hint: "prompt-cache", param: "messages[0]" },
    { hint: "store", param: "store" },
  ] as const;
  const way = choose(foreigner({ features: [], hints: ["user"], thoughts: [] }), MODEL, { ...asking(), hints });
  expect(way).toEqual({ kind: "translation", leavesOut: ["prompt-cache", "store"] });
});

test("a provider that neither speaks the wire nor is translated for is not reached", () => {
  expect(choose(foreigner(), MODEL, asking())).toEqual({
    kind: "none",
    reason: "is not reached over this API at acme",
    param: null,
  });
});

describe("what a model cannot do keeps a request away, however it is reached", () => {
  test.each([
    ["speaks the wire", speaker(ALL)],
    ["is translated for", foreigner(ALL)],
  ])("%s", (_, connection) => {
    expect(choose(connection, MODEL, asking("tools", "vision"))).toEqual({
      kind: "none",
      reason: "does not take images",
      param: "field.vision",
    });
  });

  test("what is no capability of models is not asked of the catalog", () => {
    expect(choose(speaker(), MODEL, asking("stop", "seed", "logprobs", "n", "other")).kind).toBe("native");
  });

  test("a model that the catalog does not know is taken at the caller's word", () => {
    expect(choose(speaker(), null, asking("vision", "embeddings")).kind).toBe("native");
  });
});

describe("a model that can do over its provider's own wire what it cannot over the caller's", () => {
  const lacking: Model = { ...MODEL, lacksOverWire: { "openai-chat": ["tools"] } };

  test("is reached by a translation for that", () => {
    expect(choose(speaker(ALL), lacking, asking("tools")).kind).toBe("translation");
    expect(choose(speaker(ALL), lacking, asking("json")).kind).toBe("native");
    expect(choose(speaker(ALL), lacking, { ...asking("tools"), wire: "openai-responses" }).kind).toBe("translation");
  });

  test("is not reached where nothing translates", () => {
    expect(choose(speaker(), lacking, asking("tools"))).toEqual({
      kind: "none",
      reason: "does not take tools over this API",
      param: "field.tools",
    });
  });
});

test("every feature has its words", () => {
  for (const feature of FEATURES) {
    const model: Model = {
      ...MODEL,
      capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
    };
    const way = choose(foreigner({ features: [], hints: [], thoughts: [] }), model, asking(feature));
    expect(way).toMatchObject({ kind: "none", param: `field.${feature}` });
    expect(way.kind === "none" && way.reason).not.toContain("undefined");
  }
});

describe("a thought of an earlier turn", () => {
  const thinking = (thought: Partial<Thought>) => {
    const all = { readers: [], model: null, isTranslated: false, ...thought };
    return { ...asking(), hints: [{ hint: "earlier-reasoning", param: "messages[0]", thought: all }] } as const;
  };
  const translation = { features: [], hints: [], thoughts: ["google", "unsealed"] } as const;
  const leftOut = (connection: Connection, thought: Partial<Thought>) => {
    const way = choose(connection, null, thinking(thought));
    return way.kind === "none" ? null : way.leavesOut;
  };

  test("is left out where nobody reads it, and so is one of another model", () => {
    expect(leftOut(foreigner(translation), { readers: ["anthropic", "google"] })).toEqual([]);
    expect(leftOut(foreigner(translation), { readers: ["anthropic"] })).toEqual(["earlier-reasoning"]);
    expect(leftOut(foreigner(translation), {})).toEqual(["earlier-reasoning"]);
    expect(leftOut(foreigner(translation), { readers: ["unsealed"], model: "large" })).toEqual([]);
    expect(leftOut(foreigner(translation), { readers: ["unsealed"], model: "small" })).toEqual(["earlier-reasoning"]);
  });

  test("goes as it came to who speaks the wire, but in a form of ours it is left out there too", () => {
    expect(leftOut(speaker(), { readers: ["anthropic"] })).toEqual([]);
    expect(leftOut(speaker(), { readers: ["google"], isTranslated: true })).toEqual(["earlier-reasoning"]);
  });
});
