import { describe, expect, test } from "vitest";
import type { ProviderRequest } from "#lib/gateway/ports.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { FAKE_ANSWERS, frame } from "./fake-answers.ts";
import { collect, type FakeResponse, fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

const surroundings = { now: () => 1_700_000_000_000, newId: () => "1" };

async function call(kind: TranslationKind, response: FakeResponse, request: Partial<ProviderRequest> = {}) {
  const transport = fakeTransport(() => response);
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-chat": OPENAI_CHAT_CODEC }, surroundings);
  const answer = await provider.call(fakeRequest(request));
  return { answer, transport, events: answer.kind === "stream" ? await collect(answer.events) : [] };
}

function streamOf(kind: TranslationKind, pieces: readonly Uint8Array[]): FakeResponse {
  return { headers: { "content-type": FAKE_ANSWERS[kind].streamType }, body: Buffer.concat(pieces) };
}

/** The failure, wherever it came. */
async function fail(kind: TranslationKind, response: FakeResponse, request: Partial<ProviderRequest> = {}) {
  const { answer, events } = await call(kind, response, request);
  expect(events.some(({ isEnd }) => isEnd)).toBe(false);
  const failure = answer.kind === "failure" ? answer.failure : events.at(-1)?.failure;
  if (!failure) throw new Error("It did not fail.");
  return failure;
}

const usage = { inputTokens: 3, outputTokens: 2 };

describe.each(TRANSLATION_KINDS)("over %s", (kind) => {
  const { whole, stream } = FAKE_ANSWERS[kind];

  test("a whole answer is a completion with its end and its usage", async () => {
    const { answer } = await call(kind, { body: whole, headers: { "x-request-id": "r-1" } });
    expect(answer).toMatchObject({ kind: "answer", finishReason: "stop", usage, providerRequestId: "r-1" });
    const completion = answer.kind === "answer" && JSON.parse(new TextDecoder().decode(answer.body));
    expect(completion).toMatchObject({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "a-model",
      choices: [{ index: 0, message: { role: "assistant", content: "Hi!" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
  });

  test.each([1, 7, 4_096])("a stream is the same however the network cut it: pieces of %i", async (pieceLength) => {
    const { events, transport } = await call(kind, { ...streamOf(kind, stream), pieceLength }, { isStream: true });
    expect(transport.sent[0]).toMatchObject({ isStream: true });
    expect(events.map(({ text }) => text).join("")).toBe("Hi!");
    expect(events.filter(({ hasMoreThanText }) => hasMoreThanText)).toEqual([]);
    expect(events.findLast(({ finishReason }) => finishReason !== null)).toMatchObject({ finishReason: "stop", usage });
    expect(events.at(-1)).toMatchObject({ isEnd: true, sse: { data: "[DONE]" } });
    expect(events.find(({ hasContent }) => hasContent)?.text).toBe("Hi");
  });

  test("a stream that falls silent is a timeout", async () => {
    const breaksWith = Object.assign(new Error("Body Timeout Error"), { code: "UND_ERR_BODY_TIMEOUT" });
    const failure = await fail(kind, { ...streamOf(kind, stream.slice(0, 1)), breaksWith }, { isStream: true });
    expect(failure.kind).toBe("timeout");
  });

  test("what the caller broke off is their own doing", async () => {
    const signal = AbortSignal.abort();
    const breaksWith = new DOMException("This operation was aborted", "AbortError");
    const response = { ...streamOf(kind, stream.slice(0, 3)), breaksWith };
    expect((await fail(kind, response, { isStream: true, signal })).kind).toBe("client-aborted");
  });

  test.each([
    [429, { "retry-after": "7" }, "rate-limited", 7_000],
    [503, {}, "overloaded", null],
    [500, {}, "server-error", null],
    [401, {}, "provider-auth", null],
    [404, {}, "bad-response", null],
  ] as const)(
    "a %i is told as natively, with the wait that it asks for",
    async (status, headers, kindOf, retryAfterMs) => {
      for (const isStream of [false, true]) {
        const body = JSON.stringify({ error: { message: "No, not with secret-key." } });
        expect(await fail(kind, { status, headers, body }, { isStream })).toMatchObject({
          kind: kindOf,
          httpStatus: status,
          message: expect.stringMatching(/^No, not with (\[key\]|secret-key)\.$/),
          retryAfterMs,
        });
      }
    },
  );

  test.each([
    ["HTML", "<h1>Welcome</h1>", "text/html"],
    ["an empty object", "{}", "application/json"],
    ["nothing", "", "application/json"],
    ["half of JSON", whole.slice(0, whole.length / 2), "application/json"],
  ])("a 200 with %s is no answer", async (_, body, type) => {
    for (const isStream of [false, true]) {
      const failure = await fail(kind, { headers: { "content-type": type }, body }, { isStream });
      expect(failure.kind).toBe("bad-response");
    }
  });

  test("a garbled event in a stream is a bad response", async () => {
    const garbage =
      kind === "amazon-bedrock" ? frame("contentBlockDelta", { delta: 7 }) : Buffer.from("data: {oops\n\n");
    const pieces = [...stream.slice(0, 3), garbage, ...stream.slice(3)];
    expect((await fail(kind, streamOf(kind, pieces), { isStream: true })).kind).toBe("bad-response");
  });

  test("is called once: whether a call is tried again is not the library's to decide", async () => {
    const { transport } = await call(kind, { status: 503, body: "{}" });
    expect(transport.sent).toHaveLength(1);
  });
});

const error = (type: string, message: string) => ({ error: { type, message } });
const event = (value: object, type = "error") => Buffer.from(`event: ${type}\ndata: ${JSON.stringify(value)}\n\n`);

test.each<[TranslationKind, Uint8Array, string, string]>([
  ["anthropic", event({ type: "error", ...error("overloaded_error", "Overloaded") }), "overloaded", "Overloaded"],
  ["anthropic", event({ type: "error", ...error("api_error", "Broken") }), "server-error", "Broken"],
  ["google", event({ error: { code: 503, status: "UNAVAILABLE", message: "Full." } }), "overloaded", "Full."],
  [
    "google-vertex",
    event({ error: { code: 429, status: "RESOURCE_EXHAUSTED", message: "Slow." } }),
    "rate-limited",
    "Slow.",
  ],
  ["amazon-bedrock", frame("throttlingException", { message: "Too many tokens" }), "rate-limited", "Too many tokens"],
  ["amazon-bedrock", frame("internalServerException", { message: "Broken" }), "server-error", "Broken"],
  ["amazon-bedrock", frame("modelStreamErrorException", { message: "Broken" }), "server-error", "Broken"],
  [
    "openai-responses",
    event({ type: "error", code: "rate_limit_exceeded", message: "Slow.", sequence_number: 1 }),
    "rate-limited",
    "Slow.",
  ],
  [
    "openai-compatible",
    event({ error: { message: "Broken", type: "server_error", code: null } }),
    "server-error",
    "Broken",
  ],
])("an error inside a stream of %s is a failure in its provider's words: %#", async (kind, piece, failure, message) => {
  for (const before of [1, 3]) {
    const pieces = [...FAKE_ANSWERS[kind].stream.slice(0, before), piece];
    expect(await fail(kind, streamOf(kind, pieces), { isStream: true })).toMatchObject({ kind: failure, message });
  }
});

test.each<[TranslationKind, string, string]>([
  ["amazon-bedrock", '{"message":"Input is too long for requested model."}', "context-too-long"],
  ["amazon-bedrock", '{"message":"The provided model identifier is invalid."}', "bad-response"],
  [
    "google",
    '{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of tokens allowed (8).","status":"INVALID_ARGUMENT"}}',
    "context-too-long",
  ],
  [
    "google",
    '{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}',
    "provider-auth",
  ],
  ["cohere", '{"message":"too many tokens: size limit exceeded by 9 tokens."}', "context-too-long"],
  [
    "anthropic",
    '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}',
    "context-too-long",
  ],
  [
    "google",
    '{"error":{"code":400,"message":"Invalid value at contents.","status":"INVALID_ARGUMENT"}}',
    "invalid-request",
  ],
])("a 400 of %s means what it says: %#", async (kind, body, expected) => {
  expect((await fail(kind, { status: 400, body })).kind).toBe(expected);
});

test("a library that stumbles over a request is not its provider's failure", async () => {
  const codec = { ...OPENAI_CHAT_CODEC, toCallOptions: () => ({ prompt: [{ role: "user", content: null }] }) as never };
  const transport = fakeTransport(() => ({ body: "{}" }));
  const provider = openTranslator(fakeAccount("cohere"), transport, { "openai-chat": codec });
  expect(await provider.call(fakeRequest({}))).toMatchObject({ kind: "failure", failure: { kind: "unsupported" } });
  expect(transport.sent).toEqual([]);
});

test("the wait that Google asks for stands in its error", async () => {
  const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "34.4s" }];
  const body = JSON.stringify({ error: { code: 429, status: "RESOURCE_EXHAUSTED", message: "Slow.", details } });
  expect(await fail("google", { status: 429, body })).toMatchObject({ kind: "rate-limited", retryAfterMs: 34_400 });
});

test.each(TRANSLATION_KINDS)("a 200 of %s that is an error is a failure in its provider's words", async (kind) => {
  const body = JSON.stringify({ error: { code: 503, message: "Full." } });
  for (const isStream of [false, true]) {
    const failure = await fail(kind, { headers: { "content-type": "application/json" }, body }, { isStream });
    expect(failure).toMatchObject({ kind: "overloaded", message: "Full." });
  }
});

test("a provider that gives up its answer has not answered", async () => {
  const body = JSON.stringify({ candidates: [{ content: { parts: [] }, finishReason: "MALFORMED_FUNCTION_CALL" }] });
  expect(await fail("google", { body })).toMatchObject({
    kind: "bad-response",
    message: expect.stringContaining("MALFORMED_FUNCTION_CALL"),
  });
});

test("a prompt that Gemini blocks is an answer that a filter ended", async () => {
  const body = JSON.stringify({ promptFeedback: { blockReason: "SAFETY" }, usageMetadata: { promptTokenCount: 3 } });
  const { answer } = await call("google", { body });
  expect(answer).toMatchObject({ kind: "answer", finishReason: "content-filter", usage: { inputTokens: 3 } });
});

describe("what a way does not carry", () => {
  test("is refused before anything is sent, where it can be known", async () => {
    const image = { type: "image_url", image_url: { url: "https://example.com/cat" } };
    const body = { messages: [{ role: "user", content: [image] }] };
    const { answer, transport } = await call("amazon-bedrock", { body: "" }, { body });
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unsupported", httpStatus: null } });
    expect(transport.sent).toEqual([]);
  });

  test("is a failure although the provider answered, where its library finds out", async () => {
    const body = { messages: [{ role: "user", content: "Hi" }], seed: 7 };
    for (const isStream of [false, true]) {
      const response = isStream
        ? streamOf("anthropic", FAKE_ANSWERS.anthropic.stream)
        : { body: FAKE_ANSWERS.anthropic.whole };
      expect(await fail("anthropic", response, { body, isStream })).toMatchObject({
        kind: "unsupported",
        message: expect.stringContaining("seed"),
      });
    }
  });

  test("names the field that is malformed in any wire", async () => {
    const body = { messages: [{ role: "tool", content: "4", tool_call_id: "nobody" }] };
    expect(await fail("cohere", { body: "" }, { body })).toMatchObject({
      kind: "invalid-request",
      param: "messages[0].tool_call_id",
    });
  });

  test("tokens are not counted by translation", async () => {
    expect((await fail("google", { body: "" }, { wire: "anthropic-count-tokens" })).kind).toBe("unsupported");
  });
});
