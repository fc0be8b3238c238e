import { crc32 } from "node:zlib";
import type { TranslationKind } from "../registry/entry.ts";

/** For tests: what each kind of provider answers, in as few words as it can. The answer is always `Hi!`. */
interface FakeAnswers {
  whole: string;
  /** Its pieces, as they would come; the last one says that the answer is whole. */
  stream: readonly Uint8Array[];
  streamType: string;
}

const json = (value: object) => JSON.stringify(value);
const bytes = (text: string) => new TextEncoder().encode(text);
const sse = (...events: object[]) => events.map((event) => bytes(`data: ${json(event)}\n\n`));
const named = (...events: { type: string }[]) =>
  events.map((event) => bytes(`event: ${event.type}\ndata: ${json(event)}\n\n`));
const EVENTS = "text/event-stream";

const message = { id: "msg_1", type: "message", role: "assistant", model: "claude", stop_sequence: null };
const claude: FakeAnswers = {
  whole: json({
    ...message,
    content: [{ type: "text", text: "Hi!" }],
    stop_reason: "end_turn",
    usage: { input_tokens: 3, output_tokens: 2 },
  }),
  stream: named(
    {
      type: "message_start",
      message: { ...message, content: [], usage: { input_tokens: 3, output_tokens: 1 } },
    } as never,
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as never,
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hi" } } as never,
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "!" } } as never,
    { type: "content_block_stop", index: 0 } as never,
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } } as never,
    { type: "message_stop" },
  ),
  streamType: EVENTS,
};

const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 };
const candidate = (text: string, finishReason?: string) => ({
  candidates: [{ content: { role: "model", parts: [{ text }] }, ...(finishReason && { finishReason }) }],
  usageMetadata,
});
const gemini: FakeAnswers = {
  whole: json(candidate("Hi!", "STOP")),
  stream: sse(candidate("Hi"), candidate("!", "STOP")),
  streamType: EVENTS,
};

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: "1",
  choices: [{ index: 0, delta, finish_reason }],
});
const chat: FakeAnswers = {
  whole: json({ id: "1", choices: [{ message: { role: "assistant", content: "Hi!" }, finish_reason: "stop" }], usage }),
  stream: [
    ...sse(
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hi" }),
      chunk({ content: "!" }),
      chunk({}, "stop"),
    ),
    ...sse({ id: "1", choices: [], usage }),
    bytes("data: [DONE]\n\n"),
  ],
  streamType: EVENTS,
};

const counted = { input_tokens: 3, output_tokens: 2 };
const item = { type: "message", id: "msg_1", role: "assistant" };
const text = { type: "output_text", text: "Hi!", annotations: [] };
const response = { id: "resp_1", created_at: 1, model: "gpt", service_tier: "default" };
const responses: FakeAnswers = {
  whole: json({ ...response, output: [{ ...item, content: [text] }], usage: counted }),
  stream: named(
    { type: "response.created", response } as never,
    { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } } as never,
    { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, content_index: 0, delta: "Hi" } as never,
    { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, content_index: 0, delta: "!" } as never,
    { type: "response.output_item.done", output_index: 0, item: { ...item, content: [text] } } as never,
    { type: "response.completed", response: { ...response, usage: counted } } as never,
  ),
  streamType: EVENTS,
};

const converseUsage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
const converse: FakeAnswers = {
  whole: json({
    output: { message: { role: "assistant", content: [{ text: "Hi!" }] } },
    stopReason: "end_turn",
    usage: converseUsage,
  }),
  stream: [
    frame("messageStart", { role: "assistant" }),
    frame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hi" } }),
    frame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "!" } }),
    frame("contentBlockStop", { contentBlockIndex: 0 }),
    frame("messageStop", { stopReason: "end_turn" }),
    frame("metadata", { usage: converseUsage, metrics: { latencyMs: 1 } }),
  ],
  streamType: "application/vnd.amazon.eventstream",
};

const cohereUsage = { billed_units: counted, tokens: counted };
const cohere: FakeAnswers = {
  whole: json({
    id: "1",
    message: { role: "assistant", content: [{ type: "text", text: "Hi!" }] },
    finish_reason: "COMPLETE",
    usage: cohereUsage,
  }),
  stream: named(
    { type: "message-start", id: "1" } as never,
    { type: "content-start", index: 0, delta: { message: { content: { type: "text", text: "" } } } } as never,
    { type: "content-delta", index: 0, delta: { message: { content: { text: "Hi" } } } } as never,
    { type: "content-delta", index: 0, delta: { message: { content: { text: "!" } } } } as never,
    { type: "content-end", index: 0 } as never,
    { type: "message-end", delta: { finish_reason: "COMPLETE", usage: cohereUsage } } as never,
  ),
  streamType: EVENTS,
};

export const FAKE_ANSWERS: Readonly<Record<TranslationKind, FakeAnswers>> = {
  "openai-compatible": chat,
  "openai-responses": responses,
  "azure-openai": responses,
  anthropic: claude,
  google: gemini,
  "google-vertex": gemini,
  "amazon-bedrock": converse,
  cohere,
};

/** One frame of Amazon's event streams; an exception where `type` is one. */
export function frame(type: string, payload: object): Uint8Array {
  const isException = type.endsWith("Exception");
  const headers = Buffer.concat([
    header(":message-type", isException ? "exception" : "event"),
    header(isException ? ":exception-type" : ":event-type", type),
    header(":content-type", "application/json"),
  ]);
  const body = bytes(json(payload));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const all = Buffer.concat([prelude, headers, body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(all));
  return Buffer.concat([all, checksum]);
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}
