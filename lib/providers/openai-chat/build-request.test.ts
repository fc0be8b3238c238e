import { expect, test } from "vitest";
import { findProviderEntry, type ProviderEntry } from "../registry.ts";
import { buildRequest } from "./build-request.ts";

const BODY = { messages: [{ role: "user", content: "Hello" }], new_field: 1 };

function build(provider: string, body: Record<string, unknown> = {}, baseUrl = "https://provider.example/v1") {
  const account = { entry: findProviderEntry(provider) as ProviderEntry, baseUrl, apiKey: "secret" };
  const {
    url,
    headers,
    body: text,
  } = buildRequest(account, {
    connection: { id: "c", provider, isSimulated: false },
    model: "a-model",
    functionSlug: null,
    body: { ...BODY, ...body },
    isStream: body.stream === true,
    signal: new AbortController().signal,
  });
  return { url, headers, body: JSON.parse(text) };
}

test("what the caller sent goes on with the model's own name", () => {
  expect(build("openai").body).toEqual({ ...BODY, model: "a-model" });
});

test("usage is asked for in a stream, beside the caller's own options", () => {
  const { body } = build("openai", { stream: true, stream_options: { include_obfuscation: false } });
  expect(body.stream_options).toEqual({ include_obfuscation: false, include_usage: true });
});

test("a provider that always reports usage is not sent the field that asks for it", () => {
  const { body } = build("mistral", { stream: true, stream_options: { include_usage: true } });
  expect(body).toEqual({ ...BODY, model: "a-model", stream: true });
});

test("Azure's deployment stands in the address, and its key in a header of its own", () => {
  const { url, headers } = build("azure-openai", {}, "https://mine.openai.azure.com");
  expect(url).toMatch(
    /^https:\/\/mine\.openai\.azure\.com\/openai\/deployments\/a-model\/chat\/completions\?api-version=/,
  );
  expect(headers).toMatchObject({ "api-key": "secret" });
  expect(headers).not.toHaveProperty("authorization");
});
