import { expect, test } from "vitest";
import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { findProviderEntry } from "../registry/index.ts";
import { buildRequest } from "./build-request.ts";

function build(source: string, edits: Record<string, unknown> = {}, isStream = false, provider = "openai") {
  const account = {
    entry: findProviderEntry(provider),
    baseUrl: "https://provider.example/v1",
    fields: { apiKey: "secret" },
  } as unknown as ProviderAccount;
  const signal = new AbortController().signal;
  const body = JSON.parse(source);
  return buildRequest(account, { body, source, edits, isStream, model: "a-model", signal } as ProviderRequest);
}

test("what the caller sent goes on byte for byte, but for the model's name", () => {
  const rest = '"input": "H\\u00e9","temperature": 1.50,"new": {"deep":  [1e3]}';
  expect(build(`{"model": "a-function",${rest}}`).body).toBe(`{"model":"a-model",${rest}}`);
});

test("what the engine adds goes with it", () => {
  const { body } = build('{"input":"x","model":"f"}', { max_output_tokens: 100 });
  expect(JSON.parse(body)).toEqual({ input: "x", model: "a-model", max_output_tokens: 100 });
});

test("it goes to the wire's own address, with the account's key", () => {
  const { url, headers } = build('{"input":"x"}', {}, true);
  expect(url).toBe("https://provider.example/v1/responses");
  expect(headers).toMatchObject({ authorization: "Bearer secret", accept: "text/event-stream" });
});

test("thoughts that a translation wrote down stay here: OpenAI would refuse the request", () => {
  const thought = (encrypted_content: string) => ({ type: "reasoning", id: "rs_1", summary: [], encrypted_content });
  const [own, user] = [thought("gAAAAABo"), { role: "user", content: "Hi", id: "switchyard1." }];
  const source = JSON.stringify({ model: "f", input: [user, thought("switchyard1.e30"), own, null] });
  expect(JSON.parse(build(source).body).input).toEqual([user, own, null]);
});

test("instructions of a `developer` are the system's where that name is refused", () => {
  const thought = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "switchyard1.e30" };
  const source = JSON.stringify({ model: "f", input: [{ role: "developer", content: "Be brief." }, thought] });
  const inputAt = (provider: string) => JSON.parse(build(source, {}, false, provider).body).input;
  expect(inputAt("deepseek")).toEqual([{ role: "system", content: "Be brief." }]);
  expect(inputAt("openai")).toEqual([{ role: "developer", content: "Be brief." }]);
  expect(JSON.parse(build('{"input":"developer"}', {}, false, "deepseek").body).input).toBe("developer");
});
