import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import type { AnswerContext, AnswerPart, WireEvent } from "../codec.ts";
import { openStream } from "./write-stream.ts";

const CONTEXT: AnswerContext = {
  body: { thinking: { type: "adaptive" } },
  target: { kind: "openai-compatible", model: "a-model" },
  id: "1",
  createdAtMs: 0,
};

const FINISH: AnswerPart = {
  type: "finish",
  finishReason: { unified: "stop", raw: "stop" },
  usage: {
    inputTokens: { total: 100, noCache: 20, cacheRead: 70, cacheWrite: 10 },
    outputTokens: { total: 30, text: 20, reasoning: 10 },
  },
};
const text = (delta: string, id = "0"): AnswerPart => ({ type: "text-delta", id, delta });
const start = (id: string, toolName = "look"): AnswerPart => ({ type: "tool-input-start", id, toolName });
const input = (id: string, delta: string): AnswerPart => ({ type: "tool-input-delta", id, delta });
const call = (toolCallId: string, all: string, toolName = "look"): AnswerPart => ({
  type: "tool-call",
  toolCallId,
  toolName,
  input: all,
});

function write(parts: readonly AnswerPart[], context = CONTEXT): WireEvent[] {
  const writer = openStream(context);
  return parts.flatMap((part) => writer.write(part));
}

const types = (events: readonly WireEvent[]) => events.map(({ event }) => event);

/** What the official client makes of the events, checked for an order that Anthropic itself would send. */
async function accumulate(events: readonly WireEvent[]) {
  const body = events.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join("");
  const fetch = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
  const client = new Anthropic({ apiKey: "k", fetch });
  const stream = client.messages.stream({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
  checkOrder(events);
  return stream.finalMessage();
}

/** Blocks are numbered from 0, opened once, closed before the next is opened. */
function checkOrder(events: readonly WireEvent[]): void {
  let next = 0;
  let open: number | null = null;
  for (const { event, data } of events) {
    const said = JSON.parse(data);
    expect(said.type).toBe(event);
    if (event === "content_block_start") {
      expect([open, said.index]).toEqual([null, next]);
      open = next;
    } else if (event === "content_block_delta") expect(said.index).toBe(open);
    else if (event === "content_block_stop") {
      expect(said.index).toBe(open);
      open = null;
      next += 1;
    } else expect(open).toBeNull();
  }
}

test("a text is one block between a message's start and its end", async () => {
  const events = write([
    { type: "response-metadata", id: "x" },
    { type: "text-start", id: "0" },
    text("One"),
    text(""),
    text(" two"),
    { type: "text-end", id: "0" },
    FINISH,
  ]);
  expect(types(events)).toEqual([
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  expect(await accumulate(events)).toMatchObject({
    id: "msg_1",
    role: "assistant",
    model: "a-model",
    content: [{ type: "text", text: "One two" }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: 20,
      cache_read_input_tokens: 70,
      cache_creation_input_tokens: 10,
      output_tokens: 30,
      output_tokens_details: { thinking_tokens: 10 },
    },
  });
});

test("nothing is written before there is something to say", () => {
  expect(write([{ type: "response-metadata" }, { type: "text-start", id: "0" }, text("")])).toEqual([]);
});

test("a text stays open until something else comes: another target may go on with it", () => {
  const events = write([
    text("One"),
    { type: "text-end", id: "0" },
    { type: "text-start", id: "1" },
    text(" two", "1"),
  ]);
  expect(types(events)).toEqual(["message_start", "content_block_start", "content_block_delta", "content_block_delta"]);
});

describe("calls", () => {
  test("come in the pieces in which their arguments come", async () => {
    const parts = [
      text("I look."),
      start("c1"),
      input("c1", '{"at"'),
      input("c1", ':"x"}'),
      call("c1", '{"at":"x"}'),
      FINISH,
    ];
    expect((await accumulate(write(parts))).content).toMatchObject([
      { type: "text", text: "I look." },
      { type: "tool_use", id: "c1", name: "look", input: { at: "x" } },
    ]);
  });

  test.each([
    ["in one piece", [call("c1", '{"at":"x"}')], { at: "x" }],
    ["begun, but without pieces", [start("c1"), call("c1", '{"at":"x"}')], { at: "x" }],
    ["without arguments", [start("c1"), call("c1", "")], {}],
    ["that are never finished", [start("c1"), input("c1", '{"at":"x"}')], { at: "x" }],
  ])("are whole that come %s", async (_, parts, expected) => {
    const { content } = await accumulate(write([...parts, FINISH]));
    expect(content).toMatchObject([{ type: "tool_use", id: "c1", input: expected }]);
  });

  test("that run in parallel are told apart, however their pieces are mixed", async () => {
    const parts = [
      start("c1"),
      start("c2", "listen"),
      input("c2", '{"to":'),
      input("c1", '{"at":'),
      text("Wait."),
      input("c2", '"y"}'),
      call("c2", '{"to":"y"}', "listen"),
      input("c1", '"x"}'),
      call("c1", '{"at":"x"}'),
      text(" Done."),
      FINISH,
    ];
    expect((await accumulate(write(parts))).content).toMatchObject([
      { id: "c1", name: "look", input: { at: "x" } },
      { id: "c2", name: "listen", input: { to: "y" } },
      { type: "text", text: "Wait. Done." },
    ]);
  });

  test("that the provider makes itself are none of the caller's", () => {
    expect(write([{ ...start("c1"), providerExecuted: true } as AnswerPart, input("c1", "{}")])).toEqual([]);
  });
});

describe("thoughts", () => {
  const seal = { anthropic: { signature: "Eq" } };
  const think = (delta: string, id = "r"): AnswerPart => ({ type: "reasoning-delta", id, delta });
  const begin = (id = "r"): AnswerPart => ({ type: "reasoning-start", id });
  const end = (id = "r"): AnswerPart => ({ type: "reasoning-end", id });

  test.each<[string, AnswerPart[]]>([
    ["a piece", [begin(), think("H"), think("m"), { ...think(""), providerMetadata: seal } as AnswerPart, end()]],
    ["their end", [begin(), think("Hm"), { ...end(), providerMetadata: seal } as AnswerPart]],
    ["their start", [{ ...begin(), providerMetadata: seal } as AnswerPart, think("Hm"), end()]],
    ["a piece, without an end", [begin(), think("Hm"), { ...think(""), providerMetadata: seal } as AnswerPart]],
  ])("are signed, whether the seal comes with %s", async (_, parts) => {
    expect((await accumulate(write([...parts, text("Hi"), FINISH]))).content).toMatchObject([
      { type: "thinking", thinking: "Hm", signature: "Eq" },
      { type: "text", text: "Hi" },
    ]);
  });

  test("that are sealed are a block of their own", async () => {
    const redacted: AnswerPart = {
      ...begin("x"),
      providerMetadata: { anthropic: { redactedData: "d" } },
    } as AnswerPart;
    expect(
      (await accumulate(write([begin(), think("Hm"), redacted, end("x"), text("Hi"), FINISH]))).content,
    ).toMatchObject([
      { type: "thinking", thinking: "Hm" },
      { type: "redacted_thinking", data: "d" },
      { type: "text", text: "Hi" },
    ]);
  });

  test("are not shown to callers that did not ask, nor written for those who want the signature alone", async () => {
    const parts = [begin(), think("Hm"), { ...end(), providerMetadata: seal } as AnswerPart, text("Hi"), FINISH];
    const hidden = await accumulate(write(parts, { ...CONTEXT, body: {} }));
    expect(hidden.content).toMatchObject([{ type: "text", text: "Hi" }]);
    const omitted = await accumulate(
      write(parts, { ...CONTEXT, body: { thinking: { type: "adaptive", display: "omitted" } } }),
    );
    expect(omitted.content).toMatchObject([{ thinking: "", signature: "Eq" }, { text: "Hi" }]);
  });

  test("that were not thought are no block", async () => {
    expect((await accumulate(write([begin(), end(), text("Hi"), FINISH]))).content).toMatchObject([{ type: "text" }]);
  });
});

test("an answer without a word is a message all the same", async () => {
  expect(await accumulate(write([FINISH]))).toMatchObject({ content: [], stop_reason: "end_turn" });
});

test("a picture has no place in a message: the answer fails rather than come without it", () => {
  const file: AnswerPart = { type: "file", mediaType: "image/png", data: { type: "data", data: "iVBO" } };
  expect(() => write([text("Here:"), file])).toThrow(expect.objectContaining({ reason: "unsupported" }));
});
