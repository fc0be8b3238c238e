import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import type {
  ResponseFunctionToolCall,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseReasoningItem,
  ResponseUsage,
} from "openai/resources/responses/responses";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { AnswerPart } from "../codec.ts";
import type { asResponseUsage, FunctionCallItem, ImageItem, MessageItem, ReasoningItem } from "./response.ts";
import { CALL, finish, lastResponse, read, TEXT, THOUGHT, write } from "./sample-answer.ts";

/** The official client, with these events as the provider's answer. */
function clientOf(parts: readonly AnswerPart[]): OpenAI {
  const body = write(parts)
    .map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`)
    .join("");
  const headers = { "content-type": "text/event-stream" };
  return new OpenAI({ apiKey: "sy_test", fetch: async () => new globalThis.Response(body, { headers }) });
}

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
