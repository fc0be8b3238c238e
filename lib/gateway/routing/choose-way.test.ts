import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { Model } from "../contract/catalog.ts";
import { FEATURES, type Feature, type Translation } from "../contract/wire.ts";
import { chooseWay, type RequestFacts } from "./choose-way.ts";

const MODEL: Model = { provider: "acme", id: "large", name: "L", contextTokens: 1, capabilities: ["tools", "json"] };
const ALL: Translation = { features: FEATURES, hints: [] };
const speaker = (translation: Translation | null = null) => makeConnection("acme", { translation });
const foreigner = (translation: Translation | null = null) => makeConnection("acme", { wires: [], translation });

function asking(...features: Feature[]): RequestFacts {
  return { wire: "openai-chat", needs: features.map((feature) => ({ feature, param: `field.${feature}` })), hints: [] };
}

test("a request goes as it came to a provider that speaks its wire, whatever a translation could say", () => {
  const facts = { ...asking("seed", "other"), hints: [{ hint: "store", param: "store" }] as const };
  expect(chooseWay(speaker(ALL), MODEL, facts)).toEqual({ kind: "native", leavesOut: [] });
});

test("else it is translated, if the translation carries everything that it asks for", () => {
  const translation = { features: ["tools", "stop"], hints: [] } as const;
  expect(chooseWay(foreigner(translation), MODEL, asking("tools", "stop"))).toEqual({
    kind: "translation",
    leavesOut: [],
  });
  expect(chooseWay(foreigner(translation), MODEL, asking("tools", "seed", "n"))).toEqual({
    kind: "none",
    reason: "is reached at acme without a seed",
    param: "field.seed",
  });
});

test("a field that only its own wire knows is named by its path", () => {
  const translation = { features: ["tools"], hints: [] } as const;
  const facts = { ...asking(), needs: [{ feature: "other", param: "web_search_options" }] } as const;
  expect(chooseWay(foreigner(translation), MODEL, facts)).toMatchObject({
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
  const way = chooseWay(foreigner({ features: [], hints: ["user"] }), MODEL, { ...asking(), hints });
  expect(way).toEqual({ kind: "translation", leavesOut: ["prompt-cache", "store"] });
});

test("a provider that neither speaks the wire nor is translated for is not reached", () => {
  expect(chooseWay(foreigner(), MODEL, asking())).toEqual({
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
    expect(chooseWay(connection, MODEL, asking("tools", "vision"))).toEqual({
      kind: "none",
      reason: "does not take images",
      param: "field.vision",
    });
  });

  test("what is no capability of models is not asked of the catalog", () => {
    expect(chooseWay(speaker(), MODEL, asking("stop", "seed", "logprobs", "n", "other")).kind).toBe("native");
  });

  test("a model that the catalog does not know is taken at the caller's word", () => {
    expect(chooseWay(speaker(), null, asking("vision", "embeddings")).kind).toBe("native");
  });
});

describe("a model that can do over its provider's own wire what it cannot over the caller's", () => {
  const lacking: Model = { ...MODEL, lacksOverWire: { "openai-chat": ["tools"] } };

  test("is reached by a translation for that", () => {
    expect(chooseWay(speaker(ALL), lacking, asking("tools")).kind).toBe("translation");
    expect(chooseWay(speaker(ALL), lacking, asking("json")).kind).toBe("native");
    expect(chooseWay(speaker(ALL), lacking, { ...asking("tools"), wire: "openai-responses" }).kind).toBe("translation");
  });

  test("is not reached where nothing translates", () => {
    expect(chooseWay(speaker(), lacking, asking("tools"))).toEqual({
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
    const way = chooseWay(foreigner({ features: [], hints: [] }), model, asking(feature));
    expect(way).toMatchObject({ kind: "none", param: `field.${feature}` });
    expect(way.kind === "none" && way.reason).not.toContain("undefined");
  }
});
