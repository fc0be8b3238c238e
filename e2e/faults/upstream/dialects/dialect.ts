import type { ErrorTopic } from "./error-words.ts";

/** What a healthy target says, before it is put in a dialect. */
export interface Answer {
  id: string;
  model: string;
  tokens: readonly string[];
  /** `filtered`: the provider's own filter ends the answer after these tokens. */
  ending: "complete" | "filtered";
  /** The request asked for usage in its stream; only OpenAI's chat makes that a question. */
  wantsUsage: boolean;
}

/** One event of a stream, by its place in it: faults cut, stall and break between these. */
export interface StreamPart {
  part: "opening" | "token" | "finish" | "usage" | "end";
  event: string | null;
  data: string;
}

/** What a request asks for, as far as the answer depends on it. */
export interface Asked {
  isStream: boolean;
  model: string;
  wantsUsage: boolean;
  /** The assistant's words that the conversation ends with, for the model to go on from; empty: there are none. */
  begun: string;
}

/** A provider's wire as the stand-in speaks it, whole and as a stream, in the shapes of recorded answers. */
export interface Dialect {
  /** How its paths end. */
  path: RegExp;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent.
  read(body: any, path: string): Asked;
  whole(answer: Answer): unknown;
  stream(answer: Answer): StreamPart[];
  errorBody(topic: ErrorTopic, status: number): unknown;
  errorPart(topic: ErrorTopic): StreamPart;
  /** An answer with nothing in it and without an ending: no choices, no content, no output. */
  hollow(answer: Answer): unknown;
  /** How a prompt is stopped by the provider's filter where that is a 200; elsewhere it is an error. */
  blocked?(answer: Answer): unknown;
}

export const INPUT_TOKENS = 12;
export const CREATED_S = 1_700_000_000;

/** The last message's text where it is the assistant's. */
export function lastSaid(messages: readonly { role?: string; content?: unknown }[] | undefined): string {
  const last = messages?.at(-1);
  if (last?.role !== "assistant") return "";
  if (typeof last.content === "string") return last.content;
  return (last.content as { text?: string }[]).map(({ text = "" }) => text).join("");
}
