import { expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { parseStream } from "./parse-stream.ts";

const USAGE = { input_tokens: 5, output_tokens: 2, output_tokens_details: { reasoning_tokens: 1 } };

const CREATED = { type: "response.created", response: { id: "resp_1", status: "in_progress", output: [] } };
const ADDED = { type: "response.output_item.added", output_index: 0, item: { type: "message", content: [] } };
const DELTA = { type: "response.output_text.delta", delta: "Hé", obfuscation: "xK2" };
const COMPLETED = {
  type: "response.completed",
  response: { status: "completed", error: null, output: [{ type: "message" }], usage: USAGE },
};

const asText = (...events: { type?: string }[]) =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");

async function parse(
  text: string,
  { pieceLength = 4_096, breaksAt = Number.POSITIVE_INFINITY } = {},
): Promise<StreamEvent[]> {
  const body = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < body.length; at += pieceLength) {
      if (at >= breaksAt) throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
      yield body.subarray(at, at + pieceLength);
    }
  }
  const events: StreamEvent[] = [];
  const input = { bytes: pieces(), signal: new AbortController().signal };
  for await (const event of parseStream(input)) events.push(event);
  return events;
}

test.each([1, 2, 7, 4_096])("events are the same however the network cut them: pieces of %i", async (pieceLength) => {
  const text = `: comment\r\n\r\n${asText(CREATED, ADDED, DELTA).replaceAll("\n", "\r\n")}${asText(COMPLETED)}`;
  const events = await parse(text, { pieceLength });
  expect(events.map(({ sse }) => sse)).toEqual(
    [CREATED, ADDED, DELTA, COMPLETED].map((event) => ({ event: event.type, data: JSON.stringify(event) })),
  );
  expect(events.map(({ text }) => text).join("")).toBe("Hé");
  expect(events.map(({ hasContent }) => hasContent)).toEqual([false, false, true, false]);
  expect(events.map(({ isEnd }) => isEnd)).toEqual([false, false, false, true]);
  expect(events.some(({ hasMoreThanText }) => hasMoreThanText)).toBe(false);
  expect(events.at(-1)).toMatchObject({
    finishReason: "stop",
    usage: { inputTokens: 5, outputTokens: 2, reasoningTokens: 1 },
    failure: null,
  });
});

test("an event without a name or a last blank line is an event all the same", async () => {
  const events = await parse(`data: ${JSON.stringify(DELTA)}\n\ndata: ${JSON.stringify(COMPLETED)}`);
  expect(events.map(({ sse }) => sse?.event)).toEqual([null, null]);
  expect(events.at(-1)?.isEnd).toBe(true);
});

test.each([
  ["reasoning", { type: "response.reasoning_summary_text.delta", delta: "Hm" }],
  ["raw reasoning", { type: "response.reasoning_text.delta", delta: "Hm" }],
  ["a refusal", { type: "response.refusal.delta", delta: "No" }],
  ["arguments", { type: "response.function_call_arguments.delta", delta: "{" }],
  ["a call", { type: "response.output_item.added", item: { type: "function_call", name: "f" } }],
])("%s is content, and more than text", async (_, event) => {
  expect(await parse(asText(event))).toMatchObject([{ hasContent: true, hasMoreThanText: true, text: "" }]);
});

test("a call is remembered where the end does not repeat it", async () => {
  const call = { type: "response.output_item.done", item: { type: "function_call", name: "f" } };
  const end = { ...COMPLETED, response: { ...COMPLETED.response, output: [] } };
  expect((await parse(asText(call, end))).at(-1)).toMatchObject({ finishReason: "tool-calls", isEnd: true });
});

test.each([
  ["max_output_tokens", "length"],
  ["content_filter", "content-filter"],
])("an answer that %s cut short ends as such", async (reason, finishReason) => {
  const end = { type: "response.incomplete", response: { incomplete_details: { reason }, usage: USAGE } };
  expect((await parse(asText(DELTA, end))).at(-1)).toMatchObject({
    finishReason,
    isEnd: true,
    usage: { inputTokens: 5 },
  });
});

test("a response that fails is a failure with the provider's words, and its usage counts", async () => {
  const error = { code: "rate_limit_exceeded", message: "Slower." };
  const end = { type: "response.failed", response: { status: "failed", error, usage: USAGE } };
  expect((await parse(asText(CREATED, end))).at(-1)).toMatchObject({
    sse: null,
    isEnd: false,
    usage: { inputTokens: 5 },
    failure: { kind: "rate-limited", message: "Slower." },
  });
});

test.each([
  ["flat", { type: "error", code: "server_error", message: "Sorry.", param: null, sequence_number: 2 }],
  [
    "nested",
    { type: "error", sequence_number: 2, error: { type: "server_error", code: "server_error", message: "Sorry." } },
  ],
  ["without its name", { error: { code: "server_error", message: "Sorry." } }],
])("an error event is a failure with the provider's words: %s", async (_, event) => {
  const [seen] = await parse(`data: ${JSON.stringify(event)}\n\n`);
  expect(seen).toMatchObject({ sse: null, failure: { kind: "server-error", message: "Sorry.", code: "server_error" } });
});

test("a stream that breaks half-way is an interruption, and has no end", async () => {
  const events = await parse(asText(CREATED, DELTA, COMPLETED), {
    pieceLength: 1,
    breaksAt: asText(CREATED, DELTA).length + 9,
  });
  expect(events.some(({ isEnd }) => isEnd)).toBe(false);
  expect(events.at(-1)?.failure).toMatchObject({ kind: "stream-interrupted" });
});

test("a stream that merely stops has no end", async () => {
  expect((await parse(asText(CREATED, DELTA))).some(({ isEnd }) => isEnd)).toBe(false);
});

test("the other wire's end mark goes on, but is no end", async () => {
  expect(await parse("data: [DONE]\n\n")).toMatchObject([{ sse: { data: "[DONE]" }, isEnd: false, failure: null }]);
});

test.each(["{oops", "7", "null"])("an event of %s is a bad response", async (data) => {
  expect((await parse(`data: ${data}\n\n`))[0]?.failure).toMatchObject({ kind: "bad-response" });
});
