import { type Answer, type Dialect, INPUT_TOKENS, lastSaid, type StreamPart } from "./dialect.ts";
import { ANTHROPIC_WORDS, type ErrorTopic } from "./error-words.ts";

export const ANTHROPIC_MESSAGES: Dialect = {
  path: /\/messages$/,
  read: (body) => ({
    isStream: body.stream === true,
    model: String(body.model),
    wantsUsage: true,
    begun: lastSaid(body.messages),
  }),
  whole: (answer) => ({
    ...message(answer),
    content: [{ type: "text", text: answer.tokens.join("") }],
    stop_reason: stopReason(answer),
    usage: { input_tokens: INPUT_TOKENS, output_tokens: answer.tokens.length },
  }),
  stream(answer) {
    const block = { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
    const delta = (text: string) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
    const stop = { stop_reason: stopReason(answer), stop_sequence: null };
    return [
      part("opening", { type: "message_start", message: message(answer) }),
      part("opening", block),
      part("opening", { type: "ping" }),
      ...answer.tokens.map((text) => part("token", delta(text))),
      part("finish", { type: "content_block_stop", index: 0 }),
      part("finish", { type: "message_delta", delta: stop, usage: { output_tokens: answer.tokens.length } }),
      part("end", { type: "message_stop" }),
    ];
  },
  errorBody,
  errorPart: (topic) => part("end", errorBody(topic)),
  hollow: message,
};

function errorBody(topic: ErrorTopic) {
  const { type, message: said } = ANTHROPIC_WORDS[topic];
  return { type: "error", error: { type, message: said }, request_id: "req_stand_in" };
}

function message({ id, model }: Answer) {
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: INPUT_TOKENS, output_tokens: 1 },
  };
}

function part(place: StreamPart["part"], event: { type: string; [field: string]: unknown }): StreamPart {
  return { part: place, event: event.type, data: JSON.stringify(event) };
}

function stopReason({ ending }: Answer) {
  return ending === "complete" ? "end_turn" : "refusal";
}
