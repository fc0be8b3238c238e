import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { ProviderAccount } from "../account.ts";
import { findProviderEntry, type ProviderEntry } from "../registry/index.ts";
import { resolveAccount } from "../registry/resolve-account.ts";
import { buildRequest } from "./build-request.ts";

const SOURCE = '{"messages":[{"role":"user","content":"Hello"}],"new_field":1.0,"seed":12345678901234567890}';

function build(provider: string, { source = SOURCE, edits = {} as Record<string, unknown>, isStream = false } = {}) {
  const entry = findProviderEntry(provider) as ProviderEntry;
  const fields = { apiKey: "secret", ...(provider === "azure-openai" && { resource: "mine" }) };
  const account = resolveAccount(entry, fields).account as ProviderAccount;
  return buildRequest(account, {
    connection: makeConnection(provider),
    model: "a-model",
    tenantId: "t",
    functionSlug: null,
    wire: "openai-chat",
    via: "native",
    body: { ...JSON.parse(source), ...edits },
    source,
    edits,
    passHeaders: {},
    isStream,
    signal: new AbortController().signal,
  });
}

test("what the caller sent goes on byte for byte, with the model's own name", () => {
  expect(build("openai").body).toBe(`{"model":"a-model",${SOURCE.slice(1)}`);
});

test("what the engine edits stands in the caller's place", () => {
  const source = '{"model":"triage","messages":[],"temperature":null,"seed":1.0}';
  expect(build("openai", { source, edits: { temperature: 0.2 } }).body).toBe(
    '{"temperature":0.2,"model":"a-model","messages":[],"seed":1.0}',
  );
});

test("usage is asked for in a stream, beside the caller's own options", () => {
  const source = '{"messages":[],"stream":true,"stream_options":{"include_obfuscation":false}}';
  expect(JSON.parse(build("openai", { source, isStream: true }).body).stream_options).toEqual({
    include_obfuscation: false,
    include_usage: true,
  });
  expect(JSON.parse(build("openai").body)).not.toHaveProperty("stream_options");
});

test("a provider that always reports usage is not sent the field that asks for it", () => {
  const source = '{"messages":[],"stream":true,"stream_options":{"include_usage":true}}';
  expect(JSON.parse(build("mistral", { source, isStream: true }).body)).toEqual({
    model: "a-model",
    messages: [],
    stream: true,
  });
});

describe("instructions of a `developer`", () => {
  const [instruct, ask] = ['{"role":"developer","content":"Be brief."}', '{"role":"user","content":"developer"}'];
  const source = `{"messages":[${instruct},${ask},null],"seed":1.0}`;

  test.each(["mistral", "deepseek"])("are the system's at %s, which refuses that name", (provider) => {
    const { body } = build(provider, { source });
    expect(JSON.parse(body).messages).toEqual([{ role: "system", content: "Be brief." }, JSON.parse(ask), null]);
    expect(body).toContain('"seed":1.0');
  });

  test("go on as they are where the name is known", () => {
    expect(build("openai", { source }).body).toBe(`{"model":"a-model",${source.slice(1)}`);
  });

  test("are renamed in what the engine edits too", () => {
    const edits = { messages: [JSON.parse(instruct), { role: "assistant", content: "So", prefix: true }] };
    expect(JSON.parse(build("mistral", { source, edits }).body).messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "assistant", content: "So", prefix: true },
    ]);
  });

  test("that are not there leave the caller's bytes alone", () => {
    expect(build("mistral", { source: SOURCE }).body).toBe(`{"model":"a-model",${SOURCE.slice(1)}`);
  });
});

test("Azure's deployment stands in the address, and its key in a header of its own", () => {
  const { url, headers } = build("azure-openai");
  expect(url).toMatch(
    /^https:\/\/mine\.openai\.azure\.com\/openai\/deployments\/a-model\/chat\/completions\?api-version=/,
  );
  expect(headers).toMatchObject({ "api-key": "secret" });
  expect(headers).not.toHaveProperty("authorization");
});
