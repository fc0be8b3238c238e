import { type Answer, type Dialect, INPUT_TOKENS, type StreamPart } from "./dialect.ts";
import { type ErrorTopic, GOOGLE_WORDS } from "./error-words.ts";

/** Gemini's own wire: the model and whether it is a stream are in the path, and a stream has no mark of its end. */
export const GOOGLE: Dialect = {
  path: /:(streamG|g)enerateContent$/,
  read: (body, path) => ({
    isStream: path.includes(":stream"),
    model: /models\/([^:]+):/.exec(path)?.[1] ?? "",
    wantsUsage: true,
    begun: begunBy(body.contents?.at(-1)),
  }),
  whole: (answer) => response(answer, answer.tokens.join(""), true),
  stream: (answer) => [
    ...answer.tokens.map((text) => part("token", response(answer, text, false))),
    part("finish", response(answer, "", true)),
  ],
  errorBody,
  errorPart: (topic) => part("end", errorBody(topic, 500)),
  blocked: ({ id, model }) => ({
    promptFeedback: { blockReason: "PROHIBITED_CONTENT", blockReasonMessage: "The prompt was stopped by a filter." },
    usageMetadata: { promptTokenCount: INPUT_TOKENS, totalTokenCount: INPUT_TOKENS },
    modelVersion: model,
    responseId: id,
  }),
  hollow: (answer) => ({ ...response(answer, "", true), candidates: [] }),
};

function response(answer: Answer, text: string, isLast: boolean) {
  const outputTokens = answer.tokens.length;
  const finish = isLast ? { finishReason: answer.ending === "complete" ? "STOP" : "SAFETY" } : {};
  return {
    candidates: [{ content: { parts: [{ text }], role: "model" }, ...finish, index: 0 }],
    usageMetadata: {
      promptTokenCount: INPUT_TOKENS,
      candidatesTokenCount: outputTokens,
      totalTokenCount: INPUT_TOKENS + outputTokens,
    },
    modelVersion: answer.model,
    responseId: answer.id,
  };
}

function part(place: StreamPart["part"], value: unknown): StreamPart {
  return { part: place, event: null, data: JSON.stringify(value) };
}

function errorBody(topic: ErrorTopic, status: number) {
  const { type, message } = GOOGLE_WORDS[topic];
  return { error: { code: status, message, status: type } };
}

function begunBy(last: { role?: string; parts?: { text?: string }[] } | undefined): string {
  return last?.role === "model" ? (last.parts ?? []).map(({ text = "" }) => text).join("") : "";
}
