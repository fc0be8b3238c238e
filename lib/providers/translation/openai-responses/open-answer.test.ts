import type { LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import type {
  Response,
  ResponseFunctionToolCall,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseReasoningItem,
  ResponseStreamEvent,
  ResponseUsage,
} from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { OPENAI_RESPONSES_WIRE } from "#lib/gateway/wires/openai-responses/index.ts";
import type { AnswerContext, AnswerPart } from "../codec.ts";
import { fromResult } from "./from-result.ts";
import { openStream } from "./open-stream.ts";
import type { asResponseUsage, FunctionCallItem, ImageItem, MessageItem, ReasoningItem } from "./response.ts";
import { toCallOptions } from "./to-call-options.ts";

const TOOL = { type: "function", name: "look_up", parameters: { type: "object" }, strict: true };

const CONTEXT: AnswerContext = {
  body: { input: "Hello", instructions: "Be brief.", tools: [TOOL], temperature: 0.5, metadata: { feature: "inbox" } },
  target: { kind: "anthropic", model: "claude-sonnet-5" },
  id: "abc123",
  createdAtMs: 1_700_000_000_999,
};

const USAGE = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 3, cacheWrite: 1 },
  outputTokens: { total: 7, text: 4, reasoning: 3 },
};

const SEAL = { anthropic: { signature: "c2VhbA==" } };

type Unified = Extract<AnswerPart, { type: "finish" }>["finishReason"]["unified"];
const finish = (unified: Unified): AnswerPart => ({
  type: "finish",
  usage: USAGE,
  finishReason: { unified, raw: unified },
});

const TEXT: AnswerPart[] = [
  { type: "text-start", id: "0" },
  { type: "text-delta", id: "0", delta: "Hé" },
  { type: "text-delta", id: "0", delta: "llo" },
  { type: "text-end", id: "0" },
];

const THOUGHT: AnswerPart[] = [
  { type: "reasoning-start", id: "0" },
  { type: "reasoning-delta", id: "0", delta: "Hm" },
  { type: "reasoning-delta", id: "0", delta: "m." },
  { type: "reasoning-delta", id: "0", delta: "", providerMetadata: SEAL },
  { type: "reasoning-end", id: "0" },
];

const CALL: AnswerPart[] = [
  { type: "tool-input-start", id: "call_1", toolName: "look_up" },
  { type: "tool-input-delta", id: "call_1", delta: '{"city":' },
  { type: "tool-input-delta", id: "call_1", delta: '"Bern"}' },
  { type: "tool-input-end", id: "call_1" },
  { type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: '{"city":"Bern"}' },
];

function write(parts: readonly AnswerPart[], context = CONTEXT) {
  const writer = openStream(context);
  return parts.flatMap((part) => writer.write(part));
}

const read = (parts: readonly AnswerPart[]): ResponseStreamEvent[] => write(parts).map(({ data }) => JSON.parse(data));

function lastResponse(parts: readonly AnswerPart[]): Response {
  return (read(parts).at(-1) as { response: Response }).response;
}

/** The official client, with these events as the provider's answer. */
function clientOf(parts: readonly AnswerPart[]): OpenAI {
  const body = write(parts)
    .map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`)
    .join("");
  const headers = { "content-type": "text/event-stream" };
  return new OpenAI({ apiKey: "sy_test", fetch: async () => new globalThis.Response(body, { headers }) });
}

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

describe("the official client", () => {
  const ALL = [...THOUGHT, ...TEXT, ...CALL, finish("tool-calls")];

  test("collects the stream into the response that it ends with", async () => {
    const stream = clientOf(ALL).responses.stream({ model: "m", input: "Hello" });
    const seen: string[] = [];
    for await (const { type } of stream) seen.push(type);
    expect(seen).toEqual(read(ALL).map(({ type }) => type));
    const final = await stream.finalResponse();
    expect(final.output_text).toBe("Héllo");
    expect(final.output).toMatchObject([
      { type: "reasoning", summary: [{ text: "Hmm." }] },
      { type: "message", content: [{ type: "output_text", text: "Héllo" }] },
      { type: "function_call", arguments: '{"city":"Bern"}' },
    ]);
  });

  test("collects the same without the last event", async () => {
    const end = clientOf(ALL.slice(0, -1)).responses.stream({ model: "m", input: "Hello" });
    expect((await end.finalResponse()).output).toMatchObject(lastResponse(ALL).output);
  });

  test("reads several calls at once, their pieces mixed", async () => {
    const parts: AnswerPart[] = [
      { type: "tool-input-start", id: "a", toolName: "look_up" },
      { type: "tool-input-start", id: "b", toolName: "look_up" },
      { type: "tool-input-delta", id: "a", delta: '{"n":' },
      { type: "tool-input-delta", id: "b", delta: '{"n":2}' },
      { type: "tool-input-delta", id: "a", delta: "1}" },
      { type: "tool-call", toolCallId: "b", toolName: "look_up", input: '{"n":2}' },
      { type: "tool-call", toolCallId: "a", toolName: "look_up", input: '{"n":1}' },
      finish("tool-calls"),
    ];
    const final = await clientOf(parts).responses.stream({ model: "m", input: "x" }).finalResponse();
    expect(final.output).toMatchObject([
      { call_id: "a", arguments: '{"n":1}' },
      { call_id: "b", arguments: '{"n":2}' },
    ]);
  });

  test("parses a structured answer", async () => {
    const city = z.object({ city: z.string() });
    const parts: AnswerPart[] = [
      { type: "text-delta", id: "0", delta: '{"city":"Bern"}' },
      { type: "text-end", id: "0" },
      finish("stop"),
    ];
    const request = { model: "m", input: "Hello", text: { format: zodTextFormat(city, "city") } };
    const body = JSON.stringify(lastResponse(parts));
    const headers = { "content-type": "application/json" };
    const client = new OpenAI({ apiKey: "sy_test", fetch: async () => new globalThis.Response(body, { headers }) });
    expect((await client.responses.parse(request)).output_parsed).toEqual({ city: "Bern" });
    expect((await clientOf(parts).responses.stream(request).finalResponse()).output_parsed).toEqual({ city: "Bern" });
  });

  test("has types that the items fit", () => {
    expectTypeOf<MessageItem>().toExtend<ResponseOutputMessage>();
    expectTypeOf<ReasoningItem>().toExtend<ResponseReasoningItem>();
    expectTypeOf<FunctionCallItem>().toExtend<ResponseFunctionToolCall>();
    expectTypeOf<ImageItem>().toExtend<ResponseOutputItem>();
    expectTypeOf<ReturnType<typeof asResponseUsage>>().toExtend<ResponseUsage>();
  });
});

test("a whole answer is the response that its stream would have ended with", () => {
  const result = {
    content: [
      { type: "reasoning", text: "Hmm.", providerMetadata: SEAL },
      { type: "text", text: "Héllo" },
      { type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: '{"city":"Bern"}' },
    ],
    finishReason: { unified: "tool-calls", raw: "tool_use" },
    usage: USAGE,
    warnings: [],
  } satisfies LanguageModelV4GenerateResult;
  expect(fromResult(result, CONTEXT)).toEqual(lastResponse([...THOUGHT, ...TEXT, ...CALL, finish("tool-calls")]));
});

describe("what a model thought comes back to it with the next turn", () => {
  const nextTurn = (parts: readonly AnswerPart[], kind: "anthropic" | "google") => {
    const { output } = lastResponse([...parts, finish("stop")]);
    const { hints } = OPENAI_RESPONSES_WIRE.parse(new TextEncoder().encode(JSON.stringify({ input: output })));
    expect(hints).toEqual([]);
    return toCallOptions({ input: [...output] }, { kind, model: CONTEXT.target.model }).prompt;
  };

  test("with its seal, to the letter", () => {
    expect(nextTurn([...THOUGHT, ...TEXT], "anthropic")).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hmm.", providerOptions: SEAL },
          { type: "text", text: "Héllo" },
        ],
      },
    ]);
  });

  test("when it is all seal", () => {
    const providerMetadata = { anthropic: { redactedData: "hidden" } };
    const parts: AnswerPart[] = [
      { type: "reasoning-start", id: "0", providerMetadata },
      { type: "reasoning-end", id: "0" },
      ...TEXT,
    ];
    expect(nextTurn(parts, "anthropic")[0]?.content).toMatchObject([
      { type: "reasoning", text: "", providerOptions: providerMetadata },
      {},
    ]);
  });

  test.each(["start", "call"])("when the seal is on a call, told of at its %s", (at) => {
    const providerMetadata = { google: { thoughtSignature: "c2VhbA==" } };
    const parts = CALL.map((part) =>
      part.type === (at === "start" ? "tool-input-start" : "tool-call") ? { ...part, providerMetadata } : part,
    ) as AnswerPart[];
    expect(nextTurn(parts, "google")[0]?.content).toMatchObject([
      { type: "tool-call", providerOptions: providerMetadata },
    ]);
  });
});
