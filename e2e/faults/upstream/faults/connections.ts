import { setImmediate as nextTurn } from "node:timers/promises";
import { beginEvents } from "../reply.ts";
import { type Fault, healthyText, healthyType, playBeginning, playHealthy, sendParts } from "./fault.ts";

const BYTES_A_PAUSE = 64;

/** Answers that break off, come late or never come. */
export const CONNECTIONS = {
  "reset-before-headers": { what: "RST before any answer", play: ({ reply }) => reply.reset() },
  "closed-before-headers": { what: "FIN before any answer", play: ({ reply }) => reply.finish() },
  "half-headers": {
    what: "half the headers, then FIN",
    play({ reply }) {
      reply.raw("HTTP/1.1 200 OK\r\ncontent-type: appli");
      reply.finish();
    },
  },
  "no-http": {
    what: "an answer that is no HTTP, then FIN",
    play({ reply }) {
      reply.raw("220 mail.example.com ESMTP\r\n");
      reply.finish();
    },
  },
  silence: { what: "the request is read and never answered", play() {} },
  "slow-first-token": {
    what: "headers at once where it is a stream, and the first token later than the timeout",
    async play(exchange) {
      const { reply, pace, isStream, dialect, answer } = exchange;
      if (isStream) beginEvents(reply);
      await reply.pause(pace.lateMs);
      if (!isStream) return playHealthy(exchange);
      sendParts(reply, dialect.stream(answer));
      reply.end();
    },
  },
  "cut-after-tokens": {
    what: "FIN in the middle of the answer",
    play(exchange) {
      playBeginning(exchange);
      exchange.reply.finish();
    },
  },
  "reset-after-tokens": {
    what: "RST in the middle of the answer",
    play(exchange) {
      playBeginning(exchange);
      return exchange.reply.reset();
    },
  },
  "stall-after-tokens": { what: "the answer begins and never goes on", play: playBeginning },
  trickle: {
    what: "the whole answer, byte by byte",
    async play(exchange) {
      const { reply, pace } = exchange;
      const bytes = Buffer.from(healthyText(exchange));
      reply.head(200, { "content-type": healthyType(exchange) });
      for (const [at, byte] of bytes.entries()) {
        reply.body(Buffer.of(byte));
        await (at % BYTES_A_PAUSE === 0 ? reply.pause(pace.trickleMs) : nextTurn());
        if (reply.isGone()) return;
      }
      reply.end();
    },
  },
} as const satisfies Record<string, Fault>;
