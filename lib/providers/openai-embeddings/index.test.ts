import { expect, test } from "vitest";
import { fakeAccount, fakeRequest } from "../translation/fake-transport.ts";
import { OPENAI_EMBEDDINGS } from "./index.ts";

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

test("what the caller sent goes on in its own words, with the provider's name for the model", () => {
  const source = '{"model":"function", "input":["Hi"],  "dimensions":8}';
  const request = fakeRequest({
    wire: "openai-embeddings",
    via: "native",
    model: "m",
    body: JSON.parse(source),
    source,
  });
  const { url, body, isStream } = OPENAI_EMBEDDINGS.buildRequest(fakeAccount("openai-responses"), request);
  expect(url).toBe("https://openai-responses.test/v1/embeddings");
  expect(body).toBe('{"model":"m","input":["Hi"],"dimensions":8}');
  expect(isStream).toBe(false);
});

test("Azure's deployment stands in the address", () => {
  const account = {
    ...fakeAccount("azure-openai", { deployments: "m=mine", apiVersion: "1" }),
    baseUrl: "https://r.test",
  };
  const request = fakeRequest({ model: "m", body: { input: "Hi" }, source: '{"input":"Hi"}' });
  const { url } = OPENAI_EMBEDDINGS.buildRequest(account, request);
  expect(url).toBe("https://r.test/openai/deployments/mine/embeddings?api-version=1");
});

test("an answer goes on as the provider's own bytes, and its usage is read", () => {
  const body = bytes({ data: [{ embedding: [1] }], usage: { prompt_tokens: 3, total_tokens: 3 } });
  const answer = OPENAI_EMBEDDINGS.parseResponse(body, "r-1");
  expect(answer).toMatchObject({
    kind: "answer",
    usage: { inputTokens: 3, outputTokens: 0 },
    providerRequestId: "r-1",
  });
  expect(answer.kind === "answer" && answer.body).toBe(body);
});

test.each([
  ["is not JSON", "oops", "bad-response"],
  ["holds no embeddings", {}, "bad-response"],
  ["is an error", { error: { message: "No.", code: 429 } }, "rate-limited"],
])("a 200 that %s is a failure", (_, value, kind) => {
  expect(OPENAI_EMBEDDINGS.parseResponse(bytes(value), null)).toMatchObject({ kind: "failure", failure: { kind } });
});
