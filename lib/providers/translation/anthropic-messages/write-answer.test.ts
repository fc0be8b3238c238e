import type { LanguageModelV4Content, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import type { AnswerContext } from "../codec.ts";
import { writeAnswer } from "./write-answer.ts";

const CONTEXT: AnswerContext = {
  body: { messages: [] },
  target: { kind: "openai-compatible", model: "a-model" },
  id: "1",
  createdAtMs: 0,
};
const THINKING = { ...CONTEXT, body: { thinking: { type: "adaptive" } } };

function result(content: LanguageModelV4Content[], fields: Partial<LanguageModelV4GenerateResult> = {}) {
  return {
    content,
    finishReason: { unified: "stop" as const, raw: "stop" },
    usage: {
      inputTokens: { total: 100, noCache: 20, cacheRead: 70, cacheWrite: 10 },
      outputTokens: { total: 30, text: 20, reasoning: 10 },
    },
    warnings: [],
    ...fields,
  };
}

const contentOf = (content: LanguageModelV4Content[], context = CONTEXT, fields = {}) =>
  (writeAnswer(result(content, fields), context) as { content: unknown }).content;

test("an answer is a message, with its tokens in Anthropic's arithmetic", () => {
  expect(writeAnswer(result([{ type: "text", text: "Hi" }]), CONTEXT)).toEqual({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "a-model",
    content: [{ type: "text", text: "Hi" }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: 20,
      cache_creation_input_tokens: 10,
      cache_read_input_tokens: 70,
      output_tokens: 30,
      output_tokens_details: { thinking_tokens: 10 },
    },
  });
});

test("texts that follow each other are one, and empty ones none", () => {
  const text = (words: string) => ({ type: "text" as const, text: words });
  expect(contentOf([text("One"), text(""), text(" two")])).toEqual([text("One two")]);
});

test("calls have their arguments as an object", () => {
  const call = (input: string): LanguageModelV4Content => ({
    type: "tool-call",
    toolCallId: "c",
    toolName: "t",
    input,
  });
  expect(contentOf([call('{"a":1}'), call("")])).toEqual([
    { type: "tool_use", id: "c", name: "t", input: { a: 1 } },
    { type: "tool_use", id: "c", name: "t", input: {} },
  ]);
  expect(() => contentOf([call('{"a":')])).toThrow(SyntaxError);
  expect(contentOf([call('{"a":')], CONTEXT, { finishReason: { unified: "length", raw: "length" } })).toMatchObject([
    { input: {} },
  ]);
});

describe("thoughts", () => {
  const thought: LanguageModelV4Content = {
    type: "reasoning",
    text: "Hm",
    providerMetadata: { anthropic: { signature: "Eq" } },
  };

  test("are shown to callers that asked for them, with their signature", () => {
    expect(contentOf([thought], THINKING)).toEqual([{ type: "thinking", thinking: "Hm", signature: "Eq" }]);
    expect(contentOf([thought])).toEqual([]);
    expect(contentOf([thought], { ...CONTEXT, body: { thinking: { type: "disabled" } } })).toEqual([]);
  });

  test("are left empty for callers that only want the signature", () => {
    const context = { ...CONTEXT, body: { thinking: { type: "adaptive", display: "omitted" } } };
    expect(contentOf([thought], context)).toEqual([{ type: "thinking", thinking: "", signature: "Eq" }]);
  });

  test("that are sealed stay so", () => {
    const sealed: LanguageModelV4Content = {
      ...thought,
      text: "",
      providerMetadata: { anthropic: { redactedData: "d" } },
    };
    expect(contentOf([sealed], THINKING)).toEqual([{ type: "redacted_thinking", data: "d" }]);
  });
});

test("an answer that is half a picture is none", () => {
  const file: LanguageModelV4Content = { type: "file", mediaType: "image/png", data: { type: "data", data: "iVBO" } };
  expect(() => contentOf([file])).toThrow(expect.objectContaining({ reason: "unsupported" }));
});

test.each([
  [{ unified: "stop", raw: "stop" }, {}, "end_turn", null],
  [{ unified: "stop", raw: "stop_sequence" }, { anthropic: { stopSequence: "." } }, "stop_sequence", "."],
  [{ unified: "stop", raw: "tool_use" }, {}, "end_turn", null],
  [{ unified: "length", raw: "length" }, {}, "max_tokens", null],
  [{ unified: "length", raw: "model_context_window_exceeded" }, {}, "model_context_window_exceeded", null],
  [{ unified: "tool-calls", raw: "tool_calls" }, {}, "tool_use", null],
  [{ unified: "content-filter", raw: "SAFETY" }, {}, "refusal", null],
  [{ unified: "other", raw: "eos" }, {}, "end_turn", null],
] as const)("the end %j %j is %s", (finishReason, providerMetadata, reason, sequence) => {
  expect(writeAnswer(result([], { finishReason, providerMetadata }), CONTEXT)).toMatchObject({
    stop_reason: reason,
    stop_sequence: sequence,
  });
});
