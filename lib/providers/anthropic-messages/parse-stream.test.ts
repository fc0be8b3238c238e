import { expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { parseStream } from "./parse-stream.ts";

const START = {
  type: "message_start",
  message: { id: "msg_1", usage: { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 1 } },
};
const OPEN = { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
const text = (words: string) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: words } });
const CLOSE = { type: "content_block_stop", index: 0 };
const DELTA = {
  type: "message_delta",
  delta: { stop_reason: "end_turn" },
  usage: { output_tokens: 7, input_tokens: null },
};
const STOP = { type: "message_stop" };
const WHOLE = [START, OPEN, { type: "ping" }, text("Hé"), text("llo"), CLOSE, DELTA, STOP];

const write = (events: readonly (Record<string, unknown> & { type: string })[]) =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");

async function parse(
  text: string,
  { pieceLength = 1, breaksWith = null as Error | null } = {},
): Promise<StreamEvent[]> {
  const body = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < body.length; at += pieceLength) yield body.subarray(at, at + pieceLength);
    if (breaksWith !== null) throw breaksWith;
  }
  const events: StreamEvent[] = [];
  for await (const event of parseStream({ bytes: pieces(), signal: new AbortController().signal })) events.push(event);
  return events;
}

test.each([1, 2, 7, 4_096])(
  "events are the provider's own, however the network cut them: pieces of %i",
  async (pieceLength) => {
    const events = await parse(write(WHOLE), { pieceLength });
    expect(events.map(({ sse }) => sse)).toEqual(
      WHOLE.map((event) => ({ event: event.type, data: JSON.stringify(event) })),
    );
    expect(events.map((event) => event.text).join("")).toBe("Héllo");
    expect(events.map(({ hasContent }) => hasContent)).toEqual([false, false, false, true, true, false, false, false]);
    expect(events.map(({ isEnd }) => isEnd)).toEqual([false, false, false, false, false, false, false, true]);
    expect(events.map(({ finishReason }) => finishReason).filter((reason) => reason !== null)).toEqual(["stop"]);
  },
);

test("the counts of both ends are one usage, and what the second leaves open stands", async () => {
  const counts = (await parse(write(WHOLE))).map(({ usage }) => usage).filter((usage) => usage !== null);
  expect(counts).toMatchObject([
    { inputTokens: 100, cachedInputTokens: 90, outputTokens: 1 },
    { inputTokens: 100, cachedInputTokens: 90, outputTokens: 7 },
  ]);
});

test("a stream of nothing but an open text can be taken up elsewhere, until the text is closed", async () => {
  const events = await parse(write(WHOLE));
  expect(events.map(({ hasMoreThanText }) => hasMoreThanText)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    false,
    false,
  ]);
});

test.each([
  ["a tool call", { ...OPEN, content_block: { type: "tool_use", id: "a", name: "b", input: {} } }, true],
  ["its arguments", { ...text(""), delta: { type: "input_json_delta", partial_json: "{" } }, true],
  ["a thought that opens", { ...OPEN, content_block: { type: "thinking", thinking: "" } }, false],
  ["a thought", { ...text(""), delta: { type: "thinking_delta", thinking: "Hm" } }, true],
  ["a citation", { ...text(""), delta: { type: "citations_delta", citation: {} } }, true],
  ["a second text", { ...OPEN, index: 1 }, false],
  ["a block of a new kind", { ...OPEN, content_block: { type: "new" } }, true],
])("%s is more than text", async (_, event, hasContent) => {
  expect(await parse(write([event]))).toMatchObject([{ hasMoreThanText: true, hasContent, text: "" }]);
});

test("text that a block opens with counts", async () => {
  expect(await parse(write([{ ...OPEN, content_block: { type: "text", text: "Hi" } }]))).toMatchObject([
    { hasContent: true, text: "Hi", hasMoreThanText: false },
  ]);
});

test.each([
  [{ type: "overloaded_error", message: "Overloaded" }, "overloaded"],
  [{ type: "rate_limit_error", message: "Slow down" }, "rate-limited"],
  [{ type: "api_error", message: "Internal server error" }, "server-error"],
  [{ type: "invalid_request_error", message: "No." }, "invalid-request"],
  [{ type: "invalid_request_error", message: "Output blocked by content filtering policy" }, "content-filtered"],
])("an error inside the stream is a failure with the provider's words: %j", async (error, kind) => {
  const events = await parse(write([START, OPEN, text("He"), { type: "error", ...{ error } }]));
  expect(events.at(-1)).toMatchObject({ sse: null, failure: { kind, message: error.message, code: error.type } });
});

test("a connection that breaks half-way is an interruption, after all that came before it", async () => {
  const whole = write([START, OPEN, text("He"), text("llo")]);
  const cut = whole.slice(0, whole.length - 30);
  const events = await parse(cut, { breaksWith: Object.assign(new Error("gone"), { code: "ECONNRESET" }) });
  expect(events.map((event) => event.text).join("")).toBe("He");
  expect(events.at(-1)?.failure).toMatchObject({ kind: "stream-interrupted" });
});

test("a stream that is cut inside an event ends with a bad response, not with the half of it", async () => {
  const whole = write([START, OPEN, text("Hello")]);
  const events = await parse(whole.slice(0, whole.length - 10));
  expect(events.at(-1)?.failure).toMatchObject({ kind: "bad-response", message: expect.stringContaining("not JSON") });
});

test.each(["data: {oops\n\n", "data: 7\n\n", "data: null\n\n"])("%j is a bad response", async (line) => {
  expect((await parse(line))[0]?.failure).toMatchObject({ kind: "bad-response" });
});

test("events of kinds that nobody here knows pass", async () => {
  expect(await parse(write([{ type: "new_event" }]))).toMatchObject([
    { sse: { event: "new_event", data: '{"type":"new_event"}' }, hasContent: false, failure: null },
  ]);
});

test.each([
  ["without its reason", [START, OPEN, text("Hal"), CLOSE, STOP]],
  ["with a reason that is null", [START, OPEN, text("Hal"), CLOSE, { ...DELTA, delta: { stop_reason: null } }, STOP]],
])("an end mark %s is a broken stream, not an end", async (_, events) => {
  const last = (await parse(write(events))).at(-1);
  expect(last).toMatchObject({ sse: null, isEnd: false, failure: { kind: "stream-interrupted" } });
});

test("an end mark after nothing at all is left to whoever watches the stream", async () => {
  expect((await parse(write([START, STOP]))).at(-1)).toMatchObject({ isEnd: true, failure: null });
});
