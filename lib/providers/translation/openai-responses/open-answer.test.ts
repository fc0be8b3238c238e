import { expect, test } from "vitest";
import type { AnswerPart } from "../codec.ts";
import { CALL, finish, lastResponse, read, TEXT, THOUGHT, TOOL, write } from "./sample-answer.ts";

test("a text's events come in the order and with the numbers that OpenAI gives them", () => {
  const events = read([{ type: "response-metadata", id: "x" }, ...TEXT, finish("stop")]);
  expect(events.map(({ type }) => type)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
});

test("an event's name is its type", () => {
  for (const { event, data } of write([...THOUGHT, ...CALL, finish("tool-calls")]))
    expect(JSON.parse(data).type).toBe(event);
});

test("the response says again what was asked, and who answered", () => {
  expect(lastResponse([...TEXT, finish("stop")])).toMatchObject({
    id: "resp_abc123",
    object: "response",
    created_at: 1_700_000_000,
    status: "completed",
    model: "claude-sonnet-5",
    instructions: "Be brief.",
    temperature: 0.5,
    metadata: { feature: "inbox" },
    tools: [{ ...TOOL, description: null }],
    tool_choice: "auto",
    parallel_tool_calls: true,
    error: null,
    store: false,
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 3, cache_write_tokens: 1 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 17,
    },
  });
});

test.each([
  ["length", "max_output_tokens"],
  ["content-filter", "content_filter"],
] as const)("an answer cut by %s is incomplete, and so is its last item", (unified, reason) => {
  const events = read([...THOUGHT, TEXT[1] as AnswerPart, finish(unified)]);
  expect(events.at(-1)).toMatchObject({
    type: "response.incomplete",
    response: {
      status: "incomplete",
      incomplete_details: { reason },
      output: [{ status: "completed" }, { status: "incomplete", content: [{ text: "Hé" }] }],
    },
  });
});

test.each(["stop", "tool-calls", "other"] as const)("an answer that ended with %s is complete", (unified) => {
  expect(read([...TEXT, finish(unified)]).at(-1)).toMatchObject({
    type: "response.completed",
    response: { incomplete_details: null },
  });
});

test("tokens that were not counted are not said to be none", () => {
  const unknown = {
    total: undefined,
    noCache: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
    text: undefined,
    reasoning: undefined,
  };
  const last = { ...finish("stop"), usage: { inputTokens: unknown, outputTokens: unknown } } as AnswerPart;
  expect(lastResponse([...TEXT, last])).not.toHaveProperty("usage");
});

test("texts and thoughts that hold nothing make no item", () => {
  const parts: AnswerPart[] = [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-end", id: "0" },
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", delta: "" },
    { type: "text-end", id: "1" },
  ];
  expect(lastResponse([...parts, finish("stop")]).output).toEqual([]);
});

test("what was left open at the end is closed before it", () => {
  const types = read([TEXT[1] as AnswerPart, ...CALL.slice(0, 2), finish("length")]).map(({ type }) => type);
  expect(types.filter((type) => type === "response.output_item.done")).toHaveLength(2);
  expect(types.at(-1)).toBe("response.incomplete");
});

test.each([
  ["in one piece", [CALL.at(-1) as AnswerPart], '{"city":"Bern"}'],
  ["with nothing but a beginning", [CALL[0], CALL.at(-1)] as AnswerPart[], '{"city":"Bern"}'],
  [
    "without arguments",
    [{ type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: "" }] as AnswerPart[],
    "{}",
  ],
])("a call that comes %s has its arguments, as deltas too", (_, parts, expected) => {
  const events = read([...parts, finish("tool-calls")]);
  const deltas = events.filter(({ type }) => type === "response.function_call_arguments.delta") as { delta: string }[];
  expect(deltas.map(({ delta }) => delta).join("")).toBe(expected);
  expect(lastResponse([...parts, finish("tool-calls")]).output).toMatchObject([
    { type: "function_call", call_id: "call_1", name: "look_up", arguments: expected, status: "completed" },
  ]);
});

test("a tool that the provider ran itself is no call to the caller", () => {
  const parts = CALL.map((part) => ({ ...part, providerExecuted: true })) as AnswerPart[];
  expect(lastResponse([...parts, finish("stop")]).output).toEqual([]);
});

test("a picture is an item with its bytes", () => {
  const file: AnswerPart = {
    type: "file",
    mediaType: "image/png",
    data: { type: "data", data: new Uint8Array([72, 105]) },
  };
  expect(lastResponse([file, finish("stop")]).output).toMatchObject([
    { type: "image_generation_call", result: "SGk=" },
  ]);
});
