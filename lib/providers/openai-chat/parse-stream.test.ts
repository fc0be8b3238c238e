import { expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { parseStream } from "./parse-stream.ts";

const CHUNK = { choices: [{ delta: { content: "Hé" }, finish_reason: null }] };

interface Options {
  hidesUsage?: boolean;
  choices?: number;
  pieceLength?: number;
}

async function parse(text: string, options: Options = {}): Promise<StreamEvent[]> {
  const { hidesUsage = false, choices = 1, pieceLength = 1 } = options;
  const body = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < body.length; at += pieceLength) yield body.subarray(at, at + pieceLength);
  }
  const events: StreamEvent[] = [];
  const input = { bytes: pieces(), hidesUsage, choices, signal: new AbortController().signal };
  for await (const event of parseStream(input)) events.push(event);
  return events;
}

test.each([1, 2, 7, 4_096])("events are the same however the network cut them: pieces of %i", async (pieceLength) => {
  const [chunk, end] = [JSON.stringify(CHUNK), JSON.stringify(choice(0, {}, "stop"))];
  const text = `: comment\r\n\r\ndata: ${chunk}\r\n\r\nevent: x\ndata:${end}\n\ndata: [DONE]\n\n`;
  const events = await parse(text, { pieceLength });
  expect(events.map(({ sse }) => sse?.data)).toEqual([chunk, end, "[DONE]"]);
});

test("an error inside the stream is a failure with the provider's words, and its usage counts", async () => {
  const error = { error: { message: "Tool call failed", code: "tool_use_failed", status_code: 400 } };
  const usage = { prompt_tokens: 5, completion_tokens: 2 };
  const [event] = await parse(`event: error\ndata: ${JSON.stringify({ ...error, usage })}\n\n`);
  expect(event).toMatchObject({
    sse: null,
    usage: { inputTokens: 5, outputTokens: 2 },
    failure: { kind: "invalid-request", httpStatus: 400, message: "Tool call failed" },
  });
});

test("usage is hidden where we asked for it, and is counted all the same", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 2 };
  const text = [
    { ...CHUNK, usage: null },
    { choices: [], usage },
    { ...CHUNK, x_groq: { usage } },
  ]
    .map((one) => `data: ${JSON.stringify(one)}\n\n`)
    .join("");
  const events = await parse(text, { hidesUsage: true });
  expect(events.map(({ sse }) => sse?.data)).toEqual([
    JSON.stringify(CHUNK),
    undefined,
    JSON.stringify({ ...CHUNK, x_groq: { usage } }),
  ]);
  expect(events.map((event) => event.usage?.inputTokens)).toEqual([undefined, 5, 5]);
});

test("an event that is not JSON is a bad response", async () => {
  const [event] = await parse("data: {oops\n\n");
  expect(event?.failure).toMatchObject({ kind: "bad-response", message: expect.stringContaining("not JSON") });
});

const send = (...chunks: unknown[]) => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
const choice = (index: number, delta: object, finish_reason: string | null = null) => ({
  choices: [{ index, delta, finish_reason }],
});

test("an event says what it adds: text, more than text, the end", async () => {
  const events = await parse(
    `${send(
      choice(0, { role: "assistant", content: "" }),
      choice(0, { content: "Hi" }),
      choice(0, { reasoning_content: "Hm" }),
      choice(0, { tool_calls: [{ index: 0, function: { name: "f" } }] }),
      choice(1, { content: "Ho" }),
      choice(0, {}, "tool_calls"),
    )}data: [DONE]\n\n`,
  );
  expect(
    events.map(({ hasContent, text, hasMoreThanText, finishReason, isEnd }) => [
      hasContent,
      text,
      hasMoreThanText,
      finishReason,
      isEnd,
    ]),
  ).toEqual([
    [false, "", false, null, false],
    [true, "Hi", false, null, false],
    [true, "", true, null, false],
    [true, "", true, null, false],
    [true, "Ho", true, null, false],
    [false, "", false, "tool-calls", false],
    [false, "", false, null, true],
  ]);
});

test("an answer of several choices has not ended before the last of them has", async () => {
  const text = send(choice(1, { content: "b" }, "length"), choice(0, { content: "a" }), choice(0, {}, "stop"));
  const reasons = (events: StreamEvent[]) => events.map(({ finishReason }) => finishReason);
  expect(reasons(await parse(text, { choices: 2 }))).toEqual([null, null, "stop"]);
  expect(reasons(await parse(text, { choices: 3 }))).toEqual([null, null, null]);
});

test.each([
  ["choices that are none", { choices: { 0: "x" } }],
  ["a choice that is null", { choices: [null] }],
  ["a number", 7],
])("%s do not come through as an answer", async (_, chunk) => {
  const [event] = await parse(send(chunk));
  expect(event?.failure?.kind).toMatch(/^(bad-response|stream-interrupted)$/);
});

test("a connection that breaks is an interruption", async () => {
  async function* breaking() {
    yield new TextEncoder().encode(send(CHUNK));
    throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
  }
  const events: StreamEvent[] = [];
  const input = { bytes: breaking(), hidesUsage: false, choices: 1, signal: new AbortController().signal };
  for await (const event of parseStream(input)) events.push(event);
  expect(events.map(({ failure }) => failure?.kind)).toEqual([undefined, "stream-interrupted"]);
});

test.each([{ choices: 7 }, { choices: [null] }])(
  "an event of another shape is a bad response, and no trouble of the network's: %j",
  async (odd) => {
    const [event] = await parse(`data: ${JSON.stringify(odd)}\n\n`);
    expect(event?.failure).toMatchObject({ kind: "bad-response", message: expect.stringMatching(/shape/) });
  },
);

const ends = async (text: string, choices = 1) => {
  const last = (await parse(`${text}data: [DONE]\n\n`, { choices, pieceLength: 64 })).at(-1);
  return last?.failure?.kind ?? (last?.isEnd ? "whole" : "nothing");
};
const said = choice(0, { content: "Hal" });
const bare = { choices: [{ index: 0, delta: { content: "4" } }] };
const usage = { prompt_tokens: 5, completion_tokens: 2 };

test.each([
  ["without a reason", send(said), "stream-interrupted"],
  ["without a reason, though it is counted", send(said, { choices: [], usage }), "stream-interrupted"],
  ["in the middle of a call", send(choice(0, { tool_calls: [{ index: 0 }] })), "stream-interrupted"],
  ["with a reason", send(said, choice(0, {}, "stop")), "whole"],
  ["with a reason, then counted", send(said, choice(0, {}, "length"), { choices: [], usage }), "whole"],
  ["with a reason beside its last piece", send(choice(0, { content: "Hi" }, "stop")), "whole"],
  [
    "with the end of another number than its pieces",
    send(choice(1, { content: "Hi" }), choice(0, {}, "stop")),
    "whole",
  ],
  ["from one who knows no reasons, after its count", send(bare, { choices: [], usage }), "whole"],
  ["from one who knows no reasons, before its count", send(bare), "stream-interrupted"],
  ["from one who knows no reasons, with a count so far", send({ ...bare, usage }), "stream-interrupted"],
  ["before anything was said, which is for others to judge", send(choice(0, { role: "assistant" })), "whole"],
])("an end mark %s", async (_, text, expected) => {
  expect(await ends(text)).toBe(expected);
});

test("an end mark that comes before the last of several choices has ended is no end; a choice never begun is not missed", async () => {
  const both = [choice(0, { content: "a" }), choice(1, { content: "b" }), choice(0, {}, "stop")];
  expect(await ends(send(...both), 2)).toBe("stream-interrupted");
  expect(await ends(send(...both, choice(1, {}, "stop")), 2)).toBe("whole");
  expect(await ends(send(...both, choice(1, {}, "stop")), 3)).toBe("whole");
});
