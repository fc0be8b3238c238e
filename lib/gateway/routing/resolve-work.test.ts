import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION, makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import type { Principal, RoutingSnapshot } from "../contract/snapshot.ts";
import type { WireId } from "../contract/wire.ts";
import { GatewayError } from "../errors.ts";
import { resolveWork } from "./resolve-work.ts";

interface Asked {
  header?: string;
  model?: string;
  wire?: WireId;
  key?: Partial<Principal>;
  snapshot?: Partial<RoutingSnapshot>;
}

const resolve = ({ header, model, wire = "openai-chat", key, snapshot }: Asked) =>
  resolveWork(makeSnapshot(snapshot), makePrincipal(key), { wire, functionHeader: header, model });

function refusal(asked: Asked): GatewayError {
  try {
    resolve(asked);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

const mayCallModels = { canCallModels: true };

describe("what a call asks for", () => {
  test("model may be a function's slug", () => {
    expect(resolve({ model: "triage" })).toMatchObject({ kind: "function", fn: { slug: "triage" } });
  });

  test("the header names the function whatever model says", () => {
    expect(resolve({ header: "triage", model: "acme/large" })).toMatchObject({ fn: { slug: "triage" } });
    expect(resolve({ header: "triage", model: "gpt-4o" })).toMatchObject({ fn: { slug: "triage" } });
    expect(resolve({ header: "triage" })).toMatchObject({ fn: { slug: "triage" } });
  });

  test("a key that may call models names one as provider/model", () => {
    expect(resolve({ model: "acme/large", key: mayCallModels })).toEqual({
      kind: "model",
      provider: "acme",
      model: "large",
    });
  });

  test("only the first slash parts provider and model", () => {
    expect(resolve({ model: "acme/vendor/name", key: mayCallModels })).toMatchObject({
      provider: "acme",
      model: "vendor/name",
    });
  });

  test("a known model of an unconnected provider is still a model: the plan says what is missing", () => {
    const snapshot = { connections: [] };
    expect(resolve({ model: "acme/large", key: mayCallModels, snapshot })).toMatchObject({ kind: "model" });
  });
});

describe("what is refused", () => {
  const invoked = { model: "acme/large" };
  const demoOnly = { connections: [], demoConnection: DEMO_CONNECTION };
  test.each<[string, Asked, string, string]>([
    ["neither model nor header", {}, "invalid_request", "model"],
    ["an unknown function", { model: "nope" }, "function_not_found", "model"],
    ["an unknown function in the header", { header: "nope" }, "function_not_found", "x-switchyard-function"],
    ["a name that every object has", { model: "constructor" }, "function_not_found", "model"],
    [
      "a slash in the header is no model",
      { header: "acme/large", key: mayCallModels },
      "function_not_found",
      "x-switchyard-function",
    ],
    ["a function outside the key's", { model: "triage", key: { functions: ["search"] } }, "not_allowed", "model"],
    ["embeddings asked to chat", { model: "search" }, "invalid_request", "model"],
    [
      "embeddings asked to chat by the header",
      { header: "search", model: "acme/large" },
      "invalid_request",
      "x-switchyard-function",
    ],
    ["chat asked for embeddings", { model: "triage", wire: "openai-embeddings" }, "invalid_request", "model"],
    ["a model for a key without direct calls", invoked, "not_allowed", "model"],
    ["a provider nobody knows", { model: "ghost/large", key: mayCallModels }, "model_not_found", "model"],
    ["a provider without a model", { model: "acme/", key: mayCallModels }, "model_not_found", "model"],
    ["a model that no header can hold", { model: "acme/größer", key: mayCallModels }, "model_not_found", "model"],
    ["a model that would end a header", { model: "acme/a\r\nb", key: mayCallModels }, "model_not_found", "model"],
    ["a model without a provider", { model: "/large", key: mayCallModels }, "model_not_found", "model"],
    [
      "an unknown model while simulating",
      { model: "acme/x", key: mayCallModels, snapshot: demoOnly },
      "model_not_found",
      "model",
    ],
  ])("%s", (_, asked, code, param) => {
    expect(refusal(asked)).toMatchObject({ code, param });
  });

  test("a key learns nothing of models it may not call: known and unknown are refused alike", () => {
    expect(refusal({ model: "acme/large" }).message).toBe(refusal({ model: "ghost/nothing" }).message);
  });

  test("long names are cut in the message", () => {
    expect(refusal({ model: "x".repeat(300) }).message.length).toBeLessThan(200);
  });
});

test("a key with listed functions may call those", () => {
  expect(resolve({ model: "triage", key: { functions: ["search", "triage"] } })).toMatchObject({ kind: "function" });
});

describe("a function is called over the wires that fit what it makes", () => {
  test.each(["openai-chat", "openai-responses", "anthropic-messages"] as const)("a chat function over %s", (wire) => {
    expect(resolve({ model: "triage", wire })).toMatchObject({ fn: { slug: "triage" } });
    expect(refusal({ model: "search", wire }).message).toContain("/v1/embeddings");
  });

  test("embeddings over their own", () => {
    const wire = "openai-embeddings";
    expect(resolve({ model: "search", wire })).toMatchObject({ fn: { slug: "search" } });
    expect(refusal({ model: "triage", wire }).message).toContain("/v1/chat/completions");
  });

  test("a model by name over any: its provider knows what it makes", () => {
    expect(resolve({ model: "acme/large", wire: "openai-embeddings", key: mayCallModels })).toMatchObject({
      kind: "model",
    });
  });
});
