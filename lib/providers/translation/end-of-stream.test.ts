import { describe, expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { ANTHROPIC_MESSAGES_CODEC } from "./anthropic-messages/index.ts";
import { FAKE_ANSWERS } from "./fake-answers.ts";
import { collect, type FakeResponse, fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

const CODECS = { "openai-chat": OPENAI_CHAT_CODEC, "anthropic-messages": ANTHROPIC_MESSAGES_CODEC };
const BROKEN = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
const INTERRUPTED = { kind: "stream-interrupted", code: BROKEN.code };

interface Sent extends Omit<FakeResponse, "body"> {
  pieces: readonly Uint8Array[];
}

async function open(kind: TranslationKind, { pieces, ...response }: Sent, request = {}) {
  const headers = { "content-type": FAKE_ANSWERS[kind].streamType };
  const transport = fakeTransport(() => ({ headers, body: Buffer.concat(pieces), ...response }));
  const provider = openTranslator(fakeAccount(kind), transport, CODECS);
  const answer = await provider.call(fakeRequest({ isStream: true, ...request }));
  if (answer.kind !== "stream") throw new Error("There is no stream.");
  return answer.events;
}

const eventsOf = async (...args: Parameters<typeof open>) => await collect(await open(...args));

function checkWhole(events: readonly StreamEvent[]): void {
  expect(events.find(({ failure }) => failure !== null)?.failure).toBeUndefined();
  expect(events.map(({ text }) => text).join("")).toBe("Hi!");
  expect(events.filter(({ isEnd }) => isEnd)).toEqual([events.at(-1)]);
  expect(events.findLast(({ finishReason }) => finishReason !== null)?.finishReason).toBe("stop");
}

describe.each(TRANSLATION_KINDS)("over %s", (kind) => {
  const { stream } = FAKE_ANSWERS[kind];
  const isSaid = (piece: Uint8Array) => /STOP|"stop"|end_turn|COMPLETE|completed/.test(Buffer.from(piece).toString());
  /** The event in which the provider says how its answer ended. */
  const endAt = stream.findIndex(isSaid);

  test("a stream that ends or breaks before its provider said that it is done is interrupted, wherever that is", async () => {
    expect(endAt).toBeGreaterThan(0);
    for (let length = 0; length <= endAt; length += 1) {
      const pieces = stream.slice(0, length);
      const [ended, broken] = [await eventsOf(kind, { pieces }), await eventsOf(kind, { pieces, breaksWith: BROKEN })];
      expect(ended.at(-1)?.failure?.kind, `after ${length} events`).toBe("stream-interrupted");
      expect(broken.at(-1)?.failure, `after ${length} events`).toMatchObject(INTERRUPTED);
      for (const event of [...ended, ...broken]) expect(event).toMatchObject({ isEnd: false, finishReason: null });
    }
  });

  test("a stream that ends or breaks after that is whole, with the usage that had come by then", async () => {
    for (let length = endAt + 1; length <= stream.length; length += 1) {
      const pieces = stream.slice(0, length);
      const hasUsage = /usage/i.test(Buffer.concat(stream.slice(endAt, length)).toString());
      for (const sent of [{ pieces }, { pieces, breaksWith: BROKEN }, { pieces, pieceLength: 1, breaksWith: BROKEN }]) {
        const events = await eventsOf(kind, sent);
        checkWhole(events);
        const counted = events.findLast(({ usage }) => usage !== null)?.usage;
        expect(counted ?? null).toEqual(hasUsage ? expect.objectContaining({ inputTokens: 3, outputTokens: 2 }) : null);
      }
    }
  });

  test("a stream that breaks at any byte of its end is either whole or interrupted", async () => {
    const all = Buffer.concat(stream);
    const saidFrom = Buffer.concat(stream.slice(0, endAt)).length;
    const saidTo = saidFrom + (stream[endAt] as Uint8Array).length;
    for (let length = saidFrom + 1; length < all.length; length += 1) {
      const events = await eventsOf(kind, { pieces: [all.subarray(0, length)], breaksWith: BROKEN });
      const isWhole = events.at(-1)?.isEnd === true;
      // Whether the line feeds at an event's end are needed is its wire's business.
      if (length < saidTo - 2) expect(isWhole, `${length} of ${saidTo} bytes`).toBe(false);
      if (length >= saidTo) expect(isWhole, `${length} of ${saidTo} bytes`).toBe(true);
      if (isWhole) checkWhole(events);
      else expect(events.at(-1)?.failure).toMatchObject(INTERRUPTED);
    }
  });

  test("how an answer ended is told as soon as its provider has said it, though the connection stays open", async () => {
    let last: StreamEvent | null = null;
    for await (const event of await open(kind, { pieces: stream.slice(0, endAt + 1), isEndless: true })) {
      last = event;
      if (event.finishReason !== null || event.failure !== null) break;
    }
    expect(last).toMatchObject({ finishReason: "stop", failure: null });
  }, 5_000);
});

test.each([
  ["ends", {}],
  ["breaks", { breaksWith: BROKEN }],
])("what a stream that %s has counted by then is told with its failure", async (_, how) => {
  const pieces = FAKE_ANSWERS.google.stream.slice(0, 1);
  const events = await eventsOf("google", { pieces, ...how });
  expect(events.at(-1)).toMatchObject({
    failure: { kind: "stream-interrupted" },
    usage: { inputTokens: 3, outputTokens: 2 },
  });
});

test("an end that is none is not told as one: the next target may still be asked", async () => {
  const event = { candidates: [{ content: { parts: [] }, finishReason: "MALFORMED_FUNCTION_CALL" }] };
  const pieces = [FAKE_ANSWERS.google.stream[0] as Uint8Array, Buffer.from(`data: ${JSON.stringify(event)}\n\n`)];
  const events = await eventsOf("google", { pieces });
  expect(events.at(-1)?.failure?.kind).toBe("bad-response");
  expect(events.filter(({ finishReason }) => finishReason !== null)).toEqual([]);
});

test("an error after the end was told is the provider's last word", async () => {
  const error = Buffer.from('event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Broken"}}\n\n');
  const pieces = [...FAKE_ANSWERS.anthropic.stream.slice(0, 6), error];
  const events = await eventsOf("anthropic", { pieces, breaksWith: BROKEN });
  expect(events.at(-1)?.failure).toMatchObject({ kind: "server-error", message: "Broken" });
});

test("an answer of Claude's that quotes a stream's end has not ended", async () => {
  const [start, block] = FAKE_ANSWERS.anthropic.stream as [Uint8Array, Uint8Array];
  const text = 'data: {"delta":{"stop_reason":"end_turn"}}\n\n';
  const delta = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } };
  const quote = Buffer.from(`event: content_block_delta\ndata: ${JSON.stringify(delta)}\n\n`);
  for (const breaksWith of [BROKEN, undefined]) {
    const events = await eventsOf("anthropic", { pieces: [start, block, quote], ...(breaksWith && { breaksWith }) });
    expect(events.map((event) => event.text).join("")).toBe(text);
    expect(events.at(-1)?.failure?.kind).toBe("stream-interrupted");
  }
});

test("what Claude says beside the JSON that was asked for stays unsaid where its stream is cut", async () => {
  const request = { body: { messages: [{ role: "user", content: "Hi" }], response_format: { type: "json_object" } } };
  const events = await eventsOf("anthropic", { pieces: FAKE_ANSWERS.anthropic.stream.slice(0, 5) }, request);
  expect(events.at(-1)?.failure?.kind).toBe("stream-interrupted");
  expect(events.map(({ text }) => text).join("")).toBe("");
});

describe("a tool call", () => {
  const delta = (value: object, finish_reason: string | null = null) =>
    Buffer.from(`data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: value, finish_reason }] })}\n\n`);
  const argument = (piece: string) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
  const pieces = [
    delta({ tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "f", arguments: "" } }] }),
    delta(argument('{"city":')),
    delta(argument('"Rome"}')),
    delta({}, "tool_calls"),
  ];
  const body = { messages: [{ role: "user", content: "Hi" }], max_tokens: 9 };
  const seen = (events: readonly StreamEvent[]) => events.flatMap(({ sse }) => (sse === null ? [] : [sse.event]));

  test.each([
    ["ends", {}],
    ["breaks", { breaksWith: BROKEN }],
  ])("that was cut is not closed where the stream %s", async (_, how) => {
    const sent = { pieces: pieces.slice(0, 2), ...how };
    const events = await eventsOf("openai-compatible", sent, { wire: "anthropic-messages", body });
    expect(events.at(-1)?.failure?.kind).toBe("stream-interrupted");
    expect(seen(events)).toEqual(["message_start", "content_block_start", "content_block_delta"]);
  });

  test("is closed where the connection breaks after the end was told", async () => {
    const events = await eventsOf(
      "openai-compatible",
      { pieces, breaksWith: BROKEN },
      { wire: "anthropic-messages", body },
    );
    expect(seen(events).slice(-3)).toEqual(["content_block_stop", "message_delta", "message_stop"]);
    expect(events.at(-1)).toMatchObject({ isEnd: true });
  });
});
