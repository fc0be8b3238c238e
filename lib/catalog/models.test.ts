import { describe, expect, test } from "vitest";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import { MODELS } from "./models.ts";

const named = (models: readonly { provider: string; id: string }[]) =>
  models.map(({ provider, id }) => `${provider}/${id}`);
const modelsOf = (provider: string) => MODELS.filter((model) => model.provider === provider);

describe("the catalog and the registry agree", () => {
  test("every model is of a provider that there is", () => {
    for (const provider of new Set(MODELS.map((model) => model.provider))) {
      expect(findProviderEntry(provider)?.id).toBe(provider);
    }
  });

  test("no model can do what its provider cannot", () => {
    const beyond = MODELS.filter(({ provider, capabilities }) =>
      capabilities.some((one) => !findProviderEntry(provider)?.capabilities.includes(one)),
    );
    expect(named(beyond)).toEqual([]);
  });

  test("a model goes on with an answer in its provider's own way", () => {
    const own = MODELS.filter(({ provider, prefill }) => {
      return prefill !== undefined && provider !== "bedrock" && prefill !== findProviderEntry(provider)?.prefill;
    });
    expect(named(own)).toEqual([]);
  });

  test("what a model lacks over a wire it can do otherwise, and its provider speaks that wire", () => {
    for (const { provider, id, capabilities, lacksOverWire } of MODELS) {
      for (const [wire, lacking] of Object.entries(lacksOverWire ?? {})) {
        const entry = findProviderEntry(provider);
        expect(Object.keys(entry?.wires ?? {}), id).toContain(wire as WireId);
        expect(entry?.translation, id).not.toBeNull();
        expect(capabilities, id).toEqual(expect.arrayContaining([...lacking]));
      }
    }
  });
});

test("a model makes vectors or answers, never both", () => {
  const vectors = MODELS.filter(({ capabilities }) => capabilities.includes("embeddings"));
  expect(named(vectors.filter(({ capabilities, prefill }) => capabilities.length > 1 || prefill))).toEqual([]);
});

test("every Claude answers as JSON, and those before 4.6 go on with an answer that has begun", () => {
  const claude = MODELS.filter(({ id }) => id.includes("claude"));
  expect(named(claude.filter(({ capabilities }) => !capabilities.includes("json")))).toEqual([]);
  for (const { id, prefill } of claude) {
    expect(prefill, id).toBe(id.includes("-4-5") ? "assistant-message" : undefined);
  }
});

test("OpenAI's models from GPT-5.5 on take tools, but not over the chat wire", () => {
  const isLater = (id: string) => /^gpt-(5\.[5-9]|[6-9])/.test(id);
  for (const { id, capabilities, lacksOverWire } of [...modelsOf("openai"), ...modelsOf("azure-openai")]) {
    if (!capabilities.includes("embeddings")) expect(capabilities, id).toContain("tools");
    expect(lacksOverWire, id).toEqual(isLater(id) ? { "openai-chat": ["tools"] } : undefined);
  }
});

test("Azure serves what OpenAI serves", () => {
  const facts = (provider: string) => modelsOf(provider).map(({ provider: _, ...rest }) => rest);
  expect(facts("azure-openai")).toEqual(facts("openai"));
});
