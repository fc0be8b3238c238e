import { describe, expect, test } from "vitest";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import { type ProviderAccount, upstreamModel } from "./account.ts";
import { findProviderEntry, type ProviderEntry } from "./registry/index.ts";
import { resolveAccount } from "./registry/resolve-account.ts";
import { wireHeaders, wireUrl } from "./request-parts.ts";

function open(id: string, fields: Record<string, string>): ProviderAccount {
  const { account, problems } = resolveAccount(findProviderEntry(id) as ProviderEntry, fields);
  if (account === null) throw new Error(JSON.stringify(problems));
  return account;
}

const HOST = "https://mine.openai.azure.com";

describe("Azure's addresses", () => {
  const chat = "/chat/completions";
  test.each<[string, Record<string, string>, WireId, string]>([
    ["by resource", { resource: "mine" }, "openai-chat", `/openai/deployments/m${chat}?api-version=2024-10-21`],
    [
      "of a version",
      { resource: "mine", apiVersion: "2024-12-01-preview" },
      "openai-chat",
      `/openai/deployments/m${chat}?api-version=2024-12-01-preview`,
    ],
    [
      "for vectors",
      { resource: "mine" },
      "openai-embeddings",
      "/openai/deployments/m/embeddings?api-version=2024-10-21",
    ],
    ["for responses", { resource: "mine" }, "openai-responses", "/openai/v1/responses"],
    [
      "below /openai",
      { baseUrl: `${HOST}/openai/` },
      "openai-chat",
      `/openai/deployments/m${chat}?api-version=2024-10-21`,
    ],
    ["below /openai, for responses", { baseUrl: `${HOST}/openai` }, "openai-responses", "/openai/v1/responses"],
    ["undated", { baseUrl: `${HOST}/openai/v1` }, "openai-chat", `/openai/v1${chat}`],
    [
      "undated, whatever the version",
      { baseUrl: `${HOST}/openai/v1/`, apiVersion: "x" },
      "openai-chat",
      `/openai/v1${chat}`,
    ],
    ["undated, for vectors", { baseUrl: `${HOST}/openai/v1` }, "openai-embeddings", "/openai/v1/embeddings"],
    ["undated, for responses", { baseUrl: `${HOST}/openai/v1` }, "openai-responses", "/openai/v1/responses"],
  ])("%s", (_, fields, wire, path) => {
    expect(wireUrl(open("azure-openai", { apiKey: "k", ...fields }), wire, "m")).toBe(HOST + path);
  });

  test("a name that is no plain word cannot lead elsewhere", () => {
    const account = open("azure-openai", { apiKey: "k", resource: "mine" });
    expect(wireUrl(account, "openai-chat", "a/../b?c#d")).toContain("/deployments/a%2F..%2Fb%3Fc%23d/chat/");
  });
});

test("a model is called by its deployment's name, and by its own where it has none", () => {
  const account = open("azure-openai", { apiKey: "k", resource: "r", deployments: "gpt-4.1=prod, gpt-4o = east" });
  expect(["gpt-4.1", "gpt-4o", "gpt-5"].map((model) => upstreamModel(account, model))).toEqual([
    "prod",
    "east",
    "gpt-5",
  ]);
  expect(upstreamModel(open("openai", { apiKey: "k" }), "gpt-4.1")).toBe("gpt-4.1");
});

test("a wire that the provider does not speak has no address", () => {
  expect(() => wireUrl(open("google", { apiKey: "k" }), "openai-chat", "m")).toThrow(
    "google does not speak openai-chat",
  );
});

test.each([
  ["openai", { authorization: "Bearer k" }],
  ["azure-openai", { "api-key": "k" }],
  ["anthropic", { "x-api-key": "k" }],
  ["vllm", { authorization: "Bearer k" }],
])("%s finds the key where it looks for it, and nowhere else", (id, expected) => {
  const headers = wireHeaders(open(id, { apiKey: "k", baseUrl: "https://x.example" }), true);
  const others = { "content-type": "application/json", accept: "text/event-stream", "user-agent": "switchyard" };
  expect(headers).toEqual({ ...others, ...expected });
});

test("a server of one's own without a key gets none", () => {
  expect(wireHeaders(open("vllm", { baseUrl: "http://x.example" }), false)).not.toHaveProperty("authorization");
});
