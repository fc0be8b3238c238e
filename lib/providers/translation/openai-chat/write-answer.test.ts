import type { LanguageModelV4Content, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import type { AnswerContext } from "../codec.ts";
import { writeAnswer } from "./write-answer.ts";

const context: AnswerContext = {
  body: {},
  target: { kind: "google", model: "a-model" },
  id: "1",
  createdAtMs: 1_700_000_000_999,
};
const USAGE = {
  inputTokens: { total: 10, noCache: 4, cacheRead: 5, cacheWrite: 1 },
  outputTokens: { total: 7, text: 4, reasoning: 3 },
};

// biome-ignore lint/suspicious/noExplicitAny: what a client would see.
function write(content: LanguageModelV4Content[], fields: Partial<LanguageModelV4GenerateResult> = {}): any {
  const result = { content, finishReason: { unified: "stop", raw: "STOP" }, usage: USAGE, warnings: [], ...fields };
  return writeAnswer(result as LanguageModelV4GenerateResult, context);
}

const messageOf = (...content: LanguageModelV4Content[]) => write(content).choices[0].message;

test("a text is a completion as OpenAI writes it", () => {
  expect(
    write([
      { type: "text", text: "Hi" },
      { type: "text", text: "!" },
    ]),
  ).toEqual({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "a-model",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: "Hi!", refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: {
      prompt_tokens: 10,
      completion_tokens: 7,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: 5, cache_write_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
  });
});

test("usage that the provider did not give is left out, not zero", () => {
  const none = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  const usage = { inputTokens: none, outputTokens: { total: undefined, text: undefined, reasoning: undefined } };
  expect(write([], { usage })).not.toHaveProperty("usage");
});

test.each([
  ["length", "MAX_TOKENS", "length"],
  ["content-filter", "SAFETY", "content_filter"],
  ["tool-calls", "STOP", "tool_calls"],
  ["other", "model_context_window_exceeded", "length"],
  ["other", "LANGUAGE", "stop"],
] as const)("an end by %s (%s) is %s", (unified, raw, expected) => {
  expect(write([], { finishReason: { unified, raw } }).choices[0].finish_reason).toBe(expected);
});

describe("tool calls", () => {
  const call = (fields: object) =>
    ({ type: "tool-call", toolCallId: "c1", toolName: "f", input: '{"a": 1}', ...fields }) as LanguageModelV4Content;

  test("keep their ids and arguments; what was said beside them stays", () => {
    expect(messageOf({ type: "text", text: "Wait." }, call({}))).toMatchObject({
      content: "Wait.",
      tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a": 1}' } }],
    });
    expect(messageOf(call({})).content).toBeNull();
  });

  test("carry Gemini's seal to where its own OpenAI endpoint has it", () => {
    const providerMetadata = { google: { thoughtSignature: "s" } };
    expect(messageOf(call({ providerMetadata })).tool_calls[0].extra_content).toEqual({
      google: { thought_signature: "s" },
    });
  });

  test("that the provider ran itself are not the caller's to answer", () => {
    expect(messageOf(call({ providerExecuted: true }))).not.toHaveProperty("tool_calls");
  });
});

describe("what the model thought", () => {
  test("stands beside the text", () => {
    const message = messageOf({ type: "reasoning", text: "Hm." }, { type: "text", text: "Hi" });
    expect(message).toEqual({ role: "assistant", content: "Hi", refusal: null, reasoning_content: "Hm." });
  });

  test("keeps its provider's seal", () => {
    const signature = { amazonBedrock: { signature: "c" }, bedrock: { signature: "c" } };
    const redacted = { anthropic: { redactedData: "r" } };
    const { reasoning_details } = messageOf(
      { type: "reasoning", text: "Hm.", providerMetadata: signature },
      { type: "reasoning", text: "", providerMetadata: redacted },
    );
    expect(reasoning_details).toEqual([
      { type: "reasoning.text", text: "Hm.", index: 0, signature: "c", format: "anthropic-claude-v1" },
      { type: "reasoning.encrypted", data: "r", index: 1, format: "anthropic-claude-v1" },
    ]);
  });
});

test("sources with an address are annotations, images are images", () => {
  const message = messageOf(
    { type: "source", sourceType: "url", id: "1", url: "https://a.test", title: "A" },
    { type: "source", sourceType: "document", id: "2", mediaType: "text/plain", title: "B" },
    { type: "file", mediaType: "image/png", data: { type: "data", data: "AAAA" } },
    { type: "file", mediaType: "audio/wav", data: { type: "data", data: new Uint8Array([0, 0, 0]) } },
  );
  const cited = { url: "https://a.test", title: "A", start_index: 0, end_index: 0 };
  expect(message).toMatchObject({
    annotations: [{ type: "url_citation", url_citation: cited }],
    images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }],
    files: [{ type: "file", file: { file_data: "data:audio/wav;base64,AAAA" } }],
  });
});
