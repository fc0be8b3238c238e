import type { Answer, Dialect, StreamPart } from "../dialects/dialect.ts";
import { answerJson, beginEvents, type Reply, writeEvent } from "../reply.ts";

/** One request and what a healthy target would make of it. */
export interface Exchange {
  dialect: Dialect;
  isStream: boolean;
  /** The conversation ends with the assistant's words: go on from there. */
  isPrefilled: boolean;
  answer: Answer;
  /** Which of its case's requests on this lane this is, from 1. */
  attempt: number;
  /** Since the one before it; null: there was none. */
  sinceLastMs: number | null;
  /** How long its lane or its case has had this fault. */
  faultAgeMs: number;
  /** The same path on the lane that is always healthy. */
  healthyUrl: string;
  pace: Pace;
  reply: Reply;
}

/** How slow the slow faults are; set against the timeouts of what is tested. */
export interface Pace {
  /** Until the first token, where that is late. */
  lateMs: number;
  /** How long a trickle rests, again and again. */
  trickleMs: number;
  /** How long a target that flaps by time stays down, and then up. */
  flapMs: number;
}

export interface Fault {
  /** One sentence: what the target does. */
  what: string;
  play(exchange: Exchange): void | Promise<void>;
}

/** Tokens that arrive before a stream breaks. */
export const TOKENS_BEFORE = 5;

export function playHealthy({ isStream, dialect, answer, reply }: Exchange): void {
  if (!isStream) {
    answerJson(reply, 200, dialect.whole(answer), requestId(answer));
    return;
  }
  beginEvents(reply, requestId(answer));
  sendParts(reply, dialect.stream(answer));
  reply.end();
}

/**
 * The beginning of a healthy answer: of a stream its first tokens, of a whole answer the first half of its bytes, with
 * a length that promises all of them.
 */
export function playBeginning({ isStream, dialect, answer, reply }: Exchange): void {
  if (!isStream) {
    const text = JSON.stringify(dialect.whole(answer));
    reply.head(200, { "content-type": "application/json", "content-length": `${Buffer.byteLength(text)}` });
    reply.body(text.slice(0, text.length / 2));
    return;
  }
  beginEvents(reply, requestId(answer));
  sendParts(reply, partsBefore(dialect.stream(answer)));
}

/** What comes of a stream before it breaks. */
export function partsBefore(parts: readonly StreamPart[]): readonly StreamPart[] {
  const firstToken = parts.findIndex(({ part }) => part === "token");
  return parts.slice(0, firstToken + TOKENS_BEFORE);
}

export function sendParts(reply: Reply, parts: readonly StreamPart[]): void {
  for (const part of parts) reply.body(writeEvent(part));
}

/** The healthy answer's body as one text. */
export function healthyText({ isStream, dialect, answer }: Exchange): string {
  return isStream ? dialect.stream(answer).map(writeEvent).join("") : JSON.stringify(dialect.whole(answer));
}

export function healthyType({ isStream }: Exchange): string {
  return isStream ? "text/event-stream" : "application/json";
}

function requestId({ id }: Answer): Record<string, string> {
  return { "x-request-id": `req_${id}` };
}
