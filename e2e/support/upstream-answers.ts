import type { ServerResponse } from "node:http";
import type { Script } from "./upstream.ts";

export const USAGE = {
  prompt_tokens: 120,
  completion_tokens: 30,
  total_tokens: 150,
  prompt_tokens_details: { cached_tokens: 20 },
  completion_tokens_details: { reasoning_tokens: 10 },
};

/** A whole answer. */
export function completion(content: string, extra: Record<string, unknown> = {}) {
  return {
    id: "chatcmpl-upstream",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "upstream-model",
    choices: [{ index: 0, message: { role: "assistant", content }, logprobs: null, finish_reason: "stop" }],
    usage: USAGE,
    ...extra,
  };
}

/** One chunk of a stream. */
export function chunk(delta: Record<string, unknown>, finishReason: string | null = null) {
  return {
    id: "chatcmpl-upstream",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "upstream-model",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

/** The chunk that is there for usage alone. */
function usageChunk() {
  return { ...chunk({}), choices: [], usage: USAGE };
}

/** A stream of three chunks of text and a last one. */
export const TEXT_CHUNKS = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: "Hello" }),
  chunk({ content: " there" }),
  chunk({}, "stop"),
];

export function answerJson(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return answerText(status, "application/json", JSON.stringify(body), headers);
}

export function answerText(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): Script {
  return (response) => {
    response.writeHead(status, { "content-type": contentType, ...headers });
    response.end(body);
  };
}

export function answerError(
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): Script {
  return answerJson(status, { error }, headers);
}

/** The connection ends before there is any answer. */
export const hangUp: Script = (response) => {
  response.destroy();
};

/** An answer that never comes. */
export const saysNothing: Script = () => {};

/** A stream of chunks; strings go out as they stand. Usage comes before the end when it was asked for. */
export function answerStream(chunks: readonly unknown[], end: "done" | "silent" | "cut" = "done"): Script {
  return async (response, call) => {
    beginStream(response);
    for (const one of chunks) writeEvent(response, one);
    if (end === "cut") {
      response.write("data: {", () => response.destroy());
      return;
    }
    if (end === "done") {
      if (call.body.stream_options?.include_usage === true) writeEvent(response, usageChunk());
      writeEvent(response, "[DONE]");
    }
    response.end();
  };
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.flushHeaders();
}

export function writeEvent(response: ServerResponse, data: unknown): void {
  response.write(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
}

/** A short whole answer in whichever wire it was asked in. */
export function answerAnyWire(text = "Hello"): Script {
  return (response, call) => {
    const [, make] = WHOLE_ANSWERS.find(([pattern]) => pattern.test(call.path)) ?? [];
    if (make === undefined) return answerError(404, { message: `Nothing is at ${call.path}.` })(response, call);
    return answerJson(200, make(text, call.body))(response, call);
  };
}

const ANTHROPIC_USAGE = { input_tokens: 100, output_tokens: 30 };
const GEMINI_USAGE = { promptTokenCount: 100, candidatesTokenCount: 30, totalTokenCount: 130 };

// biome-ignore lint/suspicious/noExplicitAny: whatever was sent.
const WHOLE_ANSWERS: readonly (readonly [path: RegExp, make: (text: string, body: any) => unknown])[] = [
  [/\/chat\/completions/, (text) => completion(text)],
  [/\/count_tokens/, () => ({ input_tokens: 100 })],
  [
    /\/messages/,
    (text, { model }) => ({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model,
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: ANTHROPIC_USAGE,
    }),
  ],
  [
    /:generateContent/,
    (text) => ({
      candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP", index: 0 }],
      usageMetadata: GEMINI_USAGE,
    }),
  ],
  [/:embedContent/, () => ({ embedding: { values: [0.6, 0.8] } })],
  [/:batchEmbedContents/, (_, { requests }) => ({ embeddings: requests.map(() => ({ values: [0.6, 0.8] })) })],
  [
    /\/responses/,
    (text, { model }) => ({
      id: "resp_1",
      object: "response",
      created_at: 1_700_000_000,
      status: "completed",
      model,
      output: [
        {
          type: "message",
          id: "msg_1",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
        },
      ],
      usage: { input_tokens: 100, output_tokens: 30, total_tokens: 130 },
    }),
  ],
  [
    /\/embeddings/,
    (_, { model }) => ({
      object: "list",
      model,
      data: [{ object: "embedding", index: 0, embedding: [0.6, 0.8] }],
      usage: { prompt_tokens: 2, total_tokens: 2 },
    }),
  ],
];
