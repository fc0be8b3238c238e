import { type Answer, CREATED_S, type Dialect, INPUT_TOKENS, lastSaid, type StreamPart } from "./dialect.ts";
import { OPENAI_WORDS } from "./error-words.ts";

export const OPENAI_CHAT: Dialect = {
  path: /\/chat\/completions$/,
  read: (body) => ({
    isStream: body.stream === true,
    model: String(body.model),
    wantsUsage: body.stream_options?.include_usage === true,
    begun: lastSaid(body.messages),
  }),
  whole(answer) {
    const message = { role: "assistant", content: answer.tokens.join("") };
    const choice = { index: 0, message, logprobs: null, finish_reason: finishReason(answer) };
    return { ...envelope(answer, "chat.completion"), choices: [choice], usage: usage(answer) };
  },
  stream(answer) {
    const usageChunk = { ...envelope(answer, "chat.completion.chunk"), choices: [], usage: usage(answer) };
    return [
      chunk(answer, "opening", { role: "assistant", content: "" }),
      ...answer.tokens.map((content) => chunk(answer, "token", { content })),
      chunk(answer, "finish", {}, finishReason(answer)),
      ...(answer.wantsUsage ? [part("usage", JSON.stringify(usageChunk))] : []),
      part("end", "[DONE]"),
    ];
  },
  errorBody: (topic) => ({ error: OPENAI_WORDS[topic] }),
  errorPart: (topic) => part("end", JSON.stringify({ error: OPENAI_WORDS[topic] })),
  hollow: (answer) => ({ ...envelope(answer, "chat.completion"), choices: [], usage: usage(answer) }),
};

function envelope({ id, model }: Answer, object: string) {
  return { id: `chatcmpl-${id}`, object, created: CREATED_S, model };
}

function chunk(answer: Answer, place: StreamPart["part"], delta: object, finish: string | null = null): StreamPart {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return part(place, JSON.stringify({ ...envelope(answer, "chat.completion.chunk"), choices }));
}

function part(place: StreamPart["part"], data: string): StreamPart {
  return { part: place, event: null, data };
}

function finishReason({ ending }: Answer) {
  return ending === "complete" ? "stop" : "content_filter";
}

function usage({ tokens }: Answer) {
  const completion_tokens = tokens.length;
  return { prompt_tokens: INPUT_TOKENS, completion_tokens, total_tokens: INPUT_TOKENS + completion_tokens };
}
