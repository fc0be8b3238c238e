import { expect, test } from "vitest";
import type { StreamEvent } from "../../ports.ts";
import { startJoin } from "./join.ts";

const OPENING = { event: "message_start", data: '{"type":"message_start","message":{"id":"msg_1"}}' };

function event(data: Record<string, unknown>, fields: Partial<StreamEvent> = {}): StreamEvent {
  return {
    sse: { event: data.type as string, data: JSON.stringify(data) },
    hasContent: false,
    text: "",
    hasMoreThanText: false,
    usage: null,
    finishReason: null,
    isEnd: false,
    failure: null,
    ...fields,
  };
}

const START = event({ type: "message_start", message: { id: "msg_2" } });
const OPEN_TEXT = event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
const CLOSE = event({ type: "content_block_stop", index: 0 });
const DELTA = event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 3 } });
const STOP = event({ type: "message_stop" }, { isEnd: true });
const text = (words: string) =>
  event(
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: words } },
    { text: words, hasContent: true },
  );

function join(had: string, events: StreamEvent[]) {
  const joined = events.flatMap(startJoin(OPENING, had));
  return { joined, data: joined.map(({ sse }) => JSON.parse(sse?.data ?? "null")) };
}

test("the second stream goes on in the block that the first one left open", () => {
  const events = [START, OPEN_TEXT, text("two"), CLOSE, DELTA, STOP];
  expect(join("One, ", events).joined).toEqual([text("two"), CLOSE, DELTA, STOP]);
});

test.each([
  ["One\n\n", ["\n\ntwo"], "One\n\ntwo"],
  ["One\n\n", ["\n", "\n", "two\n\n"], "One\n\ntwo\n\n"],
  ["One\n\n", ["\n", "two"], "One\n\ntwo"],
  ["One\n\n", ["\n\n\n\ttwo"], "One\n\n\n\ttwo"],
  ["One ", ["two"], "One two"],
  ["One", [" two"], "One two"],
  ["One ", ["  two"], "One  two"],
])("%j and %j are %j: whitespace that could not be sent is there once", (had, pieces, whole) => {
  const { joined, data } = join(had, [START, OPEN_TEXT, ...pieces.map(text)]);
  expect(had + joined.map((one) => one.text).join("")).toBe(whole);
  expect(had + data.map(({ delta }) => delta.text).join("")).toBe(whole);
});

test("a tool call instead of more text comes in a block of its own", () => {
  const call = [
    event(
      { type: "content_block_start", index: 0, content_block: { type: "tool_use", id: "a", name: "b", input: {} } },
      { hasMoreThanText: true, hasContent: true },
    ),
    event(
      { type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json: "{}" } },
      { hasMoreThanText: true },
    ),
    CLOSE,
  ];
  const { joined, data } = join("One", [START, ...call, DELTA, STOP]);
  expect(data.map(({ type, index }) => [type, index])).toEqual([
    ["content_block_stop", 0],
    ["content_block_start", 1],
    ["content_block_delta", 1],
    ["content_block_stop", 1],
    ["message_delta", undefined],
    ["message_stop", undefined],
  ]);
  expect(joined.at(-1)?.isEnd).toBe(true);
});

test("a tool call after more text keeps its number", () => {
  const call = event({ type: "content_block_start", index: 1, content_block: { type: "tool_use" } });
  expect(join("One", [START, OPEN_TEXT, text(" two"), CLOSE, call]).joined.at(-1)).toEqual(call);
});

test("events that are not for the caller stay so", () => {
  const hidden = { ...STOP, sse: null };
  expect(startJoin(OPENING, "One")(hidden)).toEqual([hidden]);
});
