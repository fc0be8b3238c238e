import { expect, test } from "vitest";
import { MESSAGES_MARK } from "#lib/gateway/contract/kept-thought.ts";
import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import type { ProviderEntry } from "../registry/entry.ts";
import { findProviderEntry } from "../registry/index.ts";
import { buildRequest } from "./build-request.ts";

const ACCOUNT: ProviderAccount = {
  entry: findProviderEntry("anthropic") as ProviderEntry,
  baseUrl: "https://api.anthropic.com/v1",
  fields: { apiKey: "secret" },
};

const SOURCE = '{"model": "a-function", "temperature": 1.0, "messages": [{"role": "user", "content": "\\u0048i"}]}';

function build(fields: Partial<ProviderRequest> = {}) {
  return buildRequest(ACCOUNT, {
    connection: { id: "c" } as ProviderRequest["connection"],
    model: "claude-x",
    tenantId: "t",
    functionSlug: null,
    wire: "anthropic-messages",
    via: "native",
    body: {},
    source: SOURCE,
    edits: {},
    passHeaders: {},
    isStream: false,
    signal: new AbortController().signal,
    ...fields,
  });
}

test("the caller's own bytes go on under the model's own name", () => {
  expect(build().body).toBe(
    '{"model":"claude-x","temperature": 1.0,"messages": [{"role": "user", "content": "\\u0048i"}]}',
  );
});

test("what the engine adds stands beside them", () => {
  expect(JSON.parse(build({ edits: { max_tokens: 5 } }).body)).toMatchObject({ max_tokens: 5, temperature: 1 });
});

test("the key is in Anthropic's own header, and a version is always named", () => {
  expect(build().headers).toMatchObject({ "x-api-key": "secret", "anthropic-version": "2023-06-01" });
  expect(build().headers).not.toHaveProperty("anthropic-beta");
  expect(build().headers).not.toHaveProperty("authorization");
});

test("the caller's version and betas go on, and no other header of theirs", () => {
  const passHeaders = { "anthropic-version": "2030-01-01", "anthropic-beta": "a,b", cookie: "c" };
  const { headers } = build({ passHeaders, isStream: true });
  expect(headers).toMatchObject({
    "anthropic-version": "2030-01-01",
    "anthropic-beta": "a,b",
    accept: "text/event-stream",
  });
  expect(headers).not.toHaveProperty("cookie");
});

test("messages and counts have each their own address", () => {
  expect(build().url).toBe("https://api.anthropic.com/v1/messages");
  expect(build({ wire: "anthropic-count-tokens" }).url).toBe("https://api.anthropic.com/v1/messages/count_tokens");
});

test("thoughts of other models are not sent: Anthropic would refuse the whole conversation", () => {
  const said = { type: "text", text: "Hi" };
  const thought = { type: "thinking", thinking: "Hm", signature: `${MESSAGES_MARK}abc` };
  const body = { messages: [{ role: "assistant", content: [thought, said] }] };
  const sent = JSON.parse(build({ body, source: JSON.stringify(body) }).body);
  expect(sent.messages).toEqual([{ role: "assistant", content: [said] }]);
});
