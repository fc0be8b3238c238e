import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { openProvider } from "../open-provider.ts";
import type { Transport, UpstreamRequest } from "../transport.ts";
import { CHAT_FIXTURES, type ChatFixture } from "./chat-fixtures.ts";
import type { ProviderEntry } from "./entry.ts";
import { PROVIDERS } from "./index.ts";
import { resolveAccount } from "./resolve-account.ts";

const KEY = "a-key-0123456789";
const BASE_URL = "https://upstream.example/base";

/** What a wire's answer looks like where providers do not differ, with the tokens that it counts. */
const ANSWERS: Partial<Record<WireId, { answer: object; tokens: [number, number] | null }>> = {
  "openai-embeddings": {
    answer: {
      object: "list",
      data: [{ object: "embedding", index: 0, embedding: [0.1, 0.2] }],
      usage: { prompt_tokens: 4, total_tokens: 4 },
    },
    tokens: [4, 0],
  },
  "openai-responses": {
    answer: {
      id: "resp_1",
      object: "response",
      status: "completed",
      output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello there" }] }],
      usage: { input_tokens: 40, output_tokens: 7, total_tokens: 47 },
    },
    tokens: [40, 7],
  },
  "anthropic-messages": {
    answer: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      content: [{ type: "text", text: "Hello there" }],
      stop_reason: "end_turn",
      usage: { input_tokens: 40, output_tokens: 7 },
    },
    tokens: [40, 7],
  },
  "anthropic-count-tokens": { answer: { input_tokens: 40 }, tokens: null },
};

/** An account with a key wherever it takes one, behind a transport that answers with one text and keeps the request. */
function open(entry: ProviderEntry, reply: string, pieceLength = 1) {
  const fields = Object.fromEntries(entry.fields.filter(({ isSecret }) => isSecret).map(({ id }) => [id, KEY]));
  const { account, problems } = resolveAccount(entry, { ...fields, baseUrl: BASE_URL });
  if (account === null) throw new Error(JSON.stringify(problems));
  const sent: UpstreamRequest[] = [];
  const bytes = new TextEncoder().encode(reply);
  const transport: Transport = {
    async post(request) {
      sent.push(request);
      const contentType = request.isStream ? "text/event-stream" : "application/json";
      return {
        status: 200,
        header: (name) => (name === "content-type" ? contentType : undefined),
        readBody: async () => bytes,
        async *stream() {
          for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
        },
      };
    },
    close: async () => {},
  };
  const provider = openProvider(account, transport);
  const connection = makeConnection(entry.id, { wires: Object.keys(entry.wires) as WireId[] });
  const call = (wire: WireId, body: Record<string, unknown>) =>
    provider.call({
      connection,
      model: "a-model",
      tenantId: "t",
      functionSlug: null,
      wire,
      via: "native",
      body,
      source: JSON.stringify(body),
      edits: {},
      passHeaders: {},
      isStream: body.stream === true,
      signal: new AbortController().signal,
    });
  return { call, sent };
}

function expectAddressed(entry: ProviderEntry, wire: WireId, request: UpstreamRequest | undefined): void {
  const path = (entry.wires[wire]?.path ?? "").replace("{model}", "a-model").split("?")[0];
  expect(request?.url.split("?")[0]).toBe(BASE_URL + path);
  const key = entry.auth === "bearer" ? ["authorization", `Bearer ${KEY}`] : [entry.auth, KEY];
  expect(Object.entries(request?.headers ?? {})).toContainEqual(key);
  expect(JSON.parse(request?.body ?? "").model).toBe("a-model");
}

const speaking = (wire: WireId) =>
  PROVIDERS.filter(({ wires }) => wire in wires).map((entry) => [entry.id, entry] as const);

test("there is a fixture for every provider that speaks OpenAI's chat wire, and for no other", () => {
  expect(Object.keys(CHAT_FIXTURES).sort()).toEqual(
    speaking("openai-chat")
      .map(([id]) => id)
      .sort(),
  );
});

describe.each(speaking("openai-chat"))("chat at %s", (id, entry) => {
  const fixture = CHAT_FIXTURES[id] as ChatFixture;
  const asks = entry.wires["openai-chat"]?.streamUsage === "on-request";
  const BODY = { model: "caller/name", messages: [{ role: "user", content: "Say hello" }], new_field: 1 };

  test("a whole answer comes back byte for byte, with its tokens and its end", async () => {
    const reply = JSON.stringify(fixture.answer);
    const { call, sent } = open(entry, reply);
    const answer = await call("openai-chat", BODY);
    expectAddressed(entry, "openai-chat", sent[0]);
    expect(JSON.parse(sent[0]?.body ?? "")).toEqual({ ...BODY, model: "a-model" });
    if (answer.kind !== "answer") throw new Error(answer.kind);
    expect(new TextDecoder().decode(answer.body)).toBe(reply);
    expect(answer).toMatchObject({ usage: fixture.usage, finishReason: "stop" });
  });

  test.each([1, 4_096])("a stream is read in pieces of %i, counted, and ends with its mark", async (pieceLength) => {
    const { call, sent } = open(entry, fixture.stream, pieceLength);
    const answer = await call("openai-chat", { ...BODY, stream: true });
    expectAddressed(entry, "openai-chat", sent[0]);
    expect(JSON.parse(sent[0]?.body ?? "").stream_options).toEqual(asks ? { include_usage: true } : undefined);
    if (answer.kind !== "stream") throw new Error(answer.kind);
    const events: StreamEvent[] = [];
    for await (const event of answer.events) events.push(event);
    expect(events.map(({ text }) => text).join("")).toBe("Hello there");
    expect(events.findLast(({ usage }) => usage !== null)?.usage).toMatchObject(fixture.usage);
    expect(events.findLast(({ finishReason }) => finishReason !== null)?.finishReason).toBe("stop");
    expect(events.at(-1)).toMatchObject({ isEnd: true, failure: null, sse: { data: "[DONE]" } });
    // What was asked for on our side is kept from a caller who did not.
    const shown = events.slice(0, -1).flatMap(({ sse }) => (sse === null ? [] : [JSON.parse(sse.data)]));
    const hidden = ({ usage: _, ...chunk }: Record<string, unknown>) => chunk;
    const visible = fixture.chunks.filter((chunk) => !(asks && "usage" in chunk && (chunk.choices as []).length === 0));
    expect(shown).toEqual(asks ? visible.map(hidden) : visible);
  });
});

describe.each(Object.entries(ANSWERS) as [WireId, NonNullable<(typeof ANSWERS)[WireId]>][])("%s", (wire, expected) => {
  test.each(speaking(wire))("an answer of %s comes back byte for byte, with its tokens", async (_, entry) => {
    const reply = JSON.stringify(expected.answer);
    const { call, sent } = open(entry, reply);
    const answer = await call(wire, { model: "caller/name", input: "Say hello" });
    expectAddressed(entry, wire, sent[0]);
    if (answer.kind !== "answer") throw new Error(JSON.stringify(answer));
    expect(new TextDecoder().decode(answer.body)).toBe(reply);
    const { usage } = answer;
    expect(usage === null ? null : [usage.inputTokens, usage.outputTokens]).toEqual(expected.tokens);
  });
});
