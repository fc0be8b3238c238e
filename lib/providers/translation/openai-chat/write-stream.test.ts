import { describe, expect, test } from "vitest";
import type { AnswerContext, AnswerPart } from "../codec.ts";
import { openStream } from "./write-stream.ts";

const USAGE = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 7, text: 7, reasoning: 0 },
};
const finish = { type: "finish", usage: USAGE, finishReason: { unified: "stop", raw: "STOP" } } as const;
const text = (delta: string) => ({ type: "text-delta", id: "0", delta }) as const;

// biome-ignore lint/suspicious/noExplicitAny: what a client would see.
function write(parts: AnswerPart[], body: AnswerContext["body"] = {}): any[] {
  const target = { kind: "google", model: "a-model" } as const;
  const writer = openStream({ body, target, id: "1", createdAtMs: 1_700_000_000_999 });
  const events = parts.flatMap((part) => writer.write(part));
  return events.map(({ event, data }) => {
    expect(event).toBeNull();
    return data === "[DONE]" ? data : JSON.parse(data);
  });
}

const deltas = (parts: AnswerPart[]) => write(parts).map((chunk) => chunk.choices[0].delta);

test("a text comes as OpenAI's chunks: the role first, the end last", () => {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "a-model",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  expect(
    write([{ type: "text-start", id: "0" }, text("Hi"), text(""), text("!"), { type: "text-end", id: "0" }, finish]),
  ).toEqual([
    chunk({ role: "assistant", content: "", refusal: null }),
    chunk({ content: "Hi" }),
    chunk({ content: "!" }),
    chunk({}, "stop"),
    "[DONE]",
  ]);
});

test("nothing is sent before there is something to say", () => {
  expect(write([{ type: "response-metadata", id: "x" }, { type: "text-start", id: "0" }, text("")])).toEqual([]);
});

test("an answer that says nothing is whole all the same", () => {
  const [opening, end, ...rest] = write([finish]);
  expect([opening.choices[0].delta.role, end.choices[0].finish_reason, ...rest]).toEqual([
    "assistant",
    "stop",
    "[DONE]",
  ]);
});

test("usage comes in a chunk of its own, only for those who asked", () => {
  const chunks = write([text("Hi"), finish], { stream_options: { include_usage: true } });
  expect(chunks.map((chunk) => chunk.usage?.total_tokens ?? chunk.usage)).toEqual([null, null, null, 17, undefined]);
  expect(chunks.at(-2).choices).toEqual([]);
  expect(write([text("Hi"), finish]).some((chunk) => "usage" in Object(chunk))).toBe(false);
});

describe("tool calls", () => {
  const start = (id: string, providerMetadata?: object) =>
    ({ type: "tool-input-start", id, toolName: `f${id}`, ...(providerMetadata && { providerMetadata }) }) as AnswerPart;
  const input = (id: string, delta: string): AnswerPart => ({ type: "tool-input-delta", id, delta });
  const whole = (toolCallId: string, given: string, fields: object = {}) =>
    ({ type: "tool-call", toolCallId, toolName: `f${toolCallId}`, input: given, ...fields }) as AnswerPart;

  test("come in pieces under their numbers, also when they overlap", () => {
    const parts = [
      start("a"),
      input("a", '{"x"'),
      start("b"),
      input("b", "{}"),
      input("a", ":1}"),
      whole("a", '{"x":1}'),
      whole("b", "{}"),
    ];
    expect(deltas(parts)).toEqual([
      { role: "assistant", content: "", refusal: null },
      { tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "fa", arguments: "" } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"x"' } }] },
      { tool_calls: [{ index: 1, id: "b", type: "function", function: { name: "fb", arguments: "" } }] },
      { tool_calls: [{ index: 1, function: { arguments: "{}" } }] },
      { tool_calls: [{ index: 0, function: { arguments: ":1}" } }] },
    ]);
  });

  test("that come whole are sent whole, also where only their beginning was told", () => {
    expect(deltas([whole("a", '{"x":1}')])[1]).toEqual({
      tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "fa", arguments: '{"x":1}' } }],
    });
    expect(deltas([start("a"), whole("a", "{}")])[2]).toEqual({
      tool_calls: [{ index: 0, function: { arguments: "{}" } }],
    });
  });

  test("carry Gemini's seal once, whenever it comes", () => {
    const seal = { google: { thoughtSignature: "s" } };
    const extra_content = { google: { thought_signature: "s" } };
    const early = deltas([start("a", seal), input("a", "{}"), whole("a", "{}", { providerMetadata: seal })]);
    expect(early.filter((delta) => JSON.stringify(delta).includes("thought_signature"))).toHaveLength(1);
    expect(early[1].tool_calls[0]).toMatchObject({ extra_content });
    const late = deltas([start("a"), input("a", "{}"), whole("a", "{}", { providerMetadata: seal })]);
    expect(late[3]).toEqual({ tool_calls: [{ index: 0, extra_content }] });
  });

  test("that the provider runs itself are not shown", () => {
    const parts = [
      { ...start("a"), providerExecuted: true } as AnswerPart,
      input("a", "{}"),
      whole("a", "{}", { providerExecuted: true }),
    ];
    expect(write(parts)).toEqual([]);
  });
});

test("what the model thinks comes as it comes, and its seal once", () => {
  const claude = { anthropic: { signature: "c" } };
  const gemini = { google: { thoughtSignature: "g" } };
  const parts: AnswerPart[] = [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-delta", id: "0", delta: "Hm." },
    { type: "reasoning-delta", id: "0", delta: "", providerMetadata: claude },
    { type: "reasoning-end", id: "0" },
    { type: "reasoning-start", id: "1", providerMetadata: gemini },
    { type: "reasoning-delta", id: "1", delta: "So.", providerMetadata: gemini },
  ];
  expect(deltas(parts).slice(1)).toEqual([
    { reasoning_content: "Hm." },
    { reasoning_details: [{ type: "reasoning.text", index: 0, signature: "c", format: "anthropic-claude-v1" }] },
    { reasoning_details: [{ type: "reasoning.text", index: 1, signature: "g", format: "google-gemini-v1" }] },
    { reasoning_content: "So." },
  ]);
});

test("images and sources come when they come", () => {
  const parts: AnswerPart[] = [
    { type: "file", mediaType: "image/png", data: { type: "data", data: "AAAA" } },
    { type: "source", sourceType: "url", id: "1", url: "https://a.test" },
    { type: "source", sourceType: "document", id: "2", mediaType: "text/plain", title: "B" },
  ];
  expect(deltas(parts).slice(1)).toMatchObject([
    { images: [{ image_url: { url: "data:image/png;base64,AAAA" } }] },
    { annotations: [{ url_citation: { url: "https://a.test", title: "https://a.test" } }] },
  ]);
});
