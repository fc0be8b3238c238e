import { Transform } from "node:stream";
import type { SentRequest } from "./sent-request.ts";

/** Where aimock falls short of the providers that it plays: what it is sent, and what it answers, are put right here. */
export interface Mend {
  /** What aimock is asked in place of what the provider was. */
  request?(body: SentRequest["body"]): unknown;
  whole?(answer: Json, sent: SentRequest): Json;
  /** One event of a stream, as text. */
  event?(event: string, sent: SentRequest): string;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer in a dialect of a provider's.
type Json = any;

export function findMend({ provider, path }: SentRequest): Mend {
  if (path.includes("/embeddings")) return EMBEDDINGS;
  if (path.endsWith("/responses")) return RESPONSES;
  if (provider === "cohere") return COHERE;
  return provider === "mistral" ? MISTRAL : {};
}

/** Of each text. */
export const EMBEDDING_TOKENS = 7;

/** It writes numbers whatever is asked for, and counts no tokens. */
const EMBEDDINGS: Mend = {
  whole(answer, { body }) {
    const tokens = EMBEDDING_TOKENS * [body.input].flat().length;
    const write = body.encoding_format === "base64" ? toBase64 : (numbers: number[]) => numbers;
    const data = answer.data.map((one: Json) => ({ ...one, embedding: write(one.embedding) }));
    return { ...answer, data, usage: { prompt_tokens: tokens, total_tokens: tokens } };
  },
};

function toBase64(numbers: readonly number[]): string {
  return Buffer.from(Float32Array.from(numbers).buffer).toString("base64");
}

/** It does not say why an answer is incomplete, and ends a stream of such a one as if it were complete. */
const RESPONSES: Mend = {
  whole: (answer) => ({ ...answer, ...(answer.status === "incomplete" && { incomplete_details: CUT }) }),
  event: (event) =>
    event.includes('"status":"incomplete"')
      ? event
          .replaceAll("response.completed", "response.incomplete")
          .replace('"status":"incomplete"', `"status":"incomplete","incomplete_details":${JSON.stringify(CUT)}`)
      : event,
};
const CUT = { reason: "max_output_tokens" };

/** Cohere begins a text with an empty one, and calls thinking by its name. */
const COHERE: Mend = {
  whole(answer, { body }) {
    const [thought, ...content] = answer.message.content;
    if (!isThinking(body)) return answer;
    return {
      ...answer,
      message: { ...answer.message, content: [{ type: "thinking", thinking: thought.text }, ...content] },
    };
  },
  event(event, { body }) {
    const whole = event.replace('"content":{"type":"text"}', '"content":{"type":"text","text":""}');
    if (!isThinking(body) || !whole.includes('"index":0')) return whole;
    return whole.replace('"type":"text","text":', '"type":"thinking","thinking":');
  },
};

/** What follows a tool's result it says without. */
function isThinking({ thinking, messages }: Json): boolean {
  return thinking?.type === "enabled" && messages.at(-1).role !== "tool";
}

/** Mistral counts tokens in every stream; aimock where it is asked to, as OpenAI does. */
const MISTRAL: Mend = {
  request: (body) => (body.stream === true ? { ...body, stream_options: { include_usage: true } } : body),
};

/** Changes a stream event by event, as they come. */
export function eachEvent(change: (event: string) => string): Transform {
  let rest = "";
  return new Transform({
    transform(piece, _, done) {
      const events = (rest + String(piece)).split("\n\n");
      rest = events.pop() ?? "";
      done(null, events.map((event) => `${change(event)}\n\n`).join(""));
    },
    flush(done) {
      done(null, rest);
    },
  }).setEncoding("utf8");
}
