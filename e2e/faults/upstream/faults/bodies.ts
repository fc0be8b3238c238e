import { gzipSync } from "node:zlib";
import type { Answer } from "../dialects/dialect.ts";
import { ARRIVAL_MS, answerJson, answerText, beginEvents, writeEvent } from "../reply.ts";
import {
  type Exchange,
  type Fault,
  healthyText,
  healthyType,
  partsBefore,
  playBeginning,
  playHealthy,
  sendParts,
  TOKENS_BEFORE,
} from "./fault.ts";

const HUGE_CHARACTERS = 2 * 1024 * 1024;
const UNMET_BYTES = 64;

/** Answers with status 200 whose body is wrong, or right and unusual. */
export const BODIES = {
  "malformed-chunk": {
    what: "an event in the middle of the stream, or the whole body, is not JSON; the rest comes as if nothing were",
    play(exchange) {
      const { reply, isStream, dialect, answer } = exchange;
      if (!isStream) return answerText(reply, 200, "application/json", firstHalf(healthyText(exchange)));
      const parts = dialect.stream(answer);
      const before = partsBefore(parts);
      const [torn, ...rest] = parts.slice(before.length);
      beginEvents(reply);
      sendParts(reply, before);
      if (torn !== undefined) reply.body(writeEvent({ ...torn, data: firstHalf(torn.data) }));
      sendParts(reply, rest);
      reply.end();
    },
  },
  "missing-done": {
    what: "all of it with its finish reason, then FIN without the wire's mark of the end, or without a length",
    play(exchange) {
      const { reply, isStream, dialect, answer } = exchange;
      if (isStream) {
        beginEvents(reply);
        sendParts(
          reply,
          dialect.stream(answer).filter(({ part }) => part !== "end"),
        );
        reply.end();
      } else {
        reply.head(200, { "content-type": "application/json", connection: "close" });
        reply.body(healthyText(exchange));
      }
      reply.finish();
    },
  },
  "no-finish-reason": {
    what: "ends in the middle as if that were the end: no finish reason, but nothing broken either",
    play(exchange) {
      const { reply, isStream } = exchange;
      if (!isStream) return answerText(reply, 200, "application/json", firstHalf(healthyText(exchange)));
      playBeginning(exchange);
      reply.end();
    },
  },
  "error-event": {
    what: "an error in the middle of the stream, or as the body of a 200",
    play(exchange) {
      const { reply, isStream, dialect } = exchange;
      if (!isStream) return answerJson(reply, 200, dialect.errorBody("server", 500));
      playBeginning(exchange);
      sendParts(reply, [dialect.errorPart("server")]);
      reply.end();
    },
  },
  "error-event-first": {
    what: "an error as the only event of the stream, or as the body of a 200",
    play({ reply, isStream, dialect }) {
      if (!isStream) return answerJson(reply, 200, dialect.errorBody("server", 500));
      beginEvents(reply);
      sendParts(reply, [dialect.errorPart("server")]);
      reply.end();
    },
  },
  "filtered-midway": {
    what: "the provider's filter ends the answer after some tokens, and says so",
    play: (exchange) => playHealthy({ ...exchange, answer: { ...beginning(exchange.answer), ending: "filtered" } }),
  },
  "empty-200": {
    what: "200 and nothing in it",
    play: (exchange) => answerText(exchange.reply, 200, healthyType(exchange), ""),
  },
  "empty-choices": {
    what: "an answer without any choice, or a stream that is only its opening and its end",
    play({ reply, isStream, dialect, answer }) {
      if (!isStream) return answerJson(reply, 200, dialect.hollow(answer));
      beginEvents(reply);
      sendParts(
        reply,
        dialect.stream(answer).filter(({ part }) => part === "opening" || part === "end"),
      );
      reply.end();
    },
  },
  "html-200": {
    what: "a web page",
    play: ({ reply }) => answerText(reply, 200, "text/html; charset=utf-8", "<!doctype html><h1>Welcome</h1>"),
  },
  "other-shape": {
    what: "a whole answer where a stream was asked for, and a stream where it was not",
    play: (exchange) => playHealthy({ ...exchange, isStream: !exchange.isStream }),
  },
  "text-plain": {
    what: "the right answer under the wrong content type",
    play: (exchange) => answerText(exchange.reply, 200, "text/plain", healthyText(exchange)),
  },
  "length-too-long": {
    what: "the whole answer, and FIN before the length that was announced",
    play(exchange) {
      const text = healthyText(exchange);
      announce(exchange, Buffer.byteLength(text) + UNMET_BYTES);
      exchange.reply.body(text);
      exchange.reply.finish();
    },
  },
  "length-too-short": {
    what: "a length of half the answer, which is kept to; the other half comes a moment later",
    async play(exchange) {
      const { reply } = exchange;
      const bytes = Buffer.from(healthyText(exchange));
      const half = Math.floor(bytes.length / 2);
      // Without the promise to close, what comes too much would meet whichever call has the connection next.
      announce(exchange, half, { connection: "close" });
      reply.body(bytes.subarray(0, half));
      await reply.pause(ARRIVAL_MS);
      reply.raw(bytes.subarray(half));
      reply.finish();
    },
  },
  "huge-chunk": {
    what: "one event, or a whole answer, of several megabytes",
    play: (exchange) =>
      playHealthy({ ...exchange, answer: { ...exchange.answer, tokens: hugeTokens(exchange.answer.tokens) } }),
  },
  gzip: {
    what: "the right answer, compressed though nobody asked for that",
    play(exchange) {
      const { reply } = exchange;
      const bytes = gzipSync(healthyText(exchange));
      reply.head(200, {
        "content-type": healthyType(exchange),
        "content-encoding": "gzip",
        "content-length": `${bytes.length}`,
      });
      reply.body(bytes);
      reply.end();
    },
  },
} as const satisfies Record<string, Fault>;

/** What the huge answer says: the second token is the huge one. */
export function hugeTokens([first = "", ...rest]: readonly string[]): string[] {
  return [first, "x".repeat(HUGE_CHARACTERS), ...rest];
}

function announce(exchange: Exchange, length: number, headers: Record<string, string> = {}): void {
  exchange.reply.head(200, { "content-type": healthyType(exchange), "content-length": `${length}`, ...headers });
}

function firstHalf(text: string): string {
  return text.slice(0, text.length / 2);
}

function beginning(answer: Answer): Answer {
  return { ...answer, tokens: answer.tokens.slice(0, TOKENS_BEFORE) };
}
