import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamPart } from "./dialects/dialect.ts";

/** An HTTP answer written by hand on a socket, so that any part of it can be left out, torn or late. */
export interface Reply {
  /** The head. Without a `content-length` or `connection: close` the body goes out in chunks. */
  head(status: number, headers: Record<string, string>): void;
  /** A piece of the body, framed as the head said. */
  body(piece: string | Uint8Array): void;
  /** The end of the body: the connection is there for the next request. */
  end(): void;
  /** Bytes as they stand, outside of any frame. */
  raw(bytes: string | Uint8Array): void;
  /** FIN after what was written: no more will come. */
  finish(): void;
  /** What was written has arrived, then RST. */
  reset(): Promise<void>;
  /** Resolves early when the client has gone. */
  pause(ms: number): Promise<void>;
  /** The body so far, without frames. */
  sent(): Buffer;
  status(): number | null;
  isGone(): boolean;
}

/** How long bytes on the loopback may take to be read before a reset could overtake them. */
export const ARRIVAL_MS = 25;

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  302: "Found",
  400: "Bad Request",
  429: "Too Many Requests",
};

/** `gone` aborts when the connection has ended; `onEnd` is called when the answer is over, in whichever way. */
export function openReply(socket: Socket, gone: AbortSignal, onEnd: () => void): Reply {
  const pieces: Buffer[] = [];
  let isChunked = false;
  let status: number | null = null;
  const write = (bytes: string | Uint8Array) => {
    if (socket.writable) socket.write(bytes);
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal: gone }).catch(() => {});
  return {
    head(code, headers) {
      status = code;
      isChunked = headers["content-length"] === undefined && headers.connection !== "close";
      const framing = isChunked ? { "transfer-encoding": "chunked" } : {};
      const lines = Object.entries({ ...headers, ...framing }).map(([name, value]) => `${name}: ${value}\r\n`);
      write(`HTTP/1.1 ${code} ${REASONS[code] ?? "Status"}\r\n${lines.join("")}\r\n`);
    },
    body(piece) {
      const bytes = Buffer.from(piece as string);
      if (bytes.length === 0) return;
      pieces.push(bytes);
      write(isChunked ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]) : bytes);
    },
    end() {
      if (isChunked) write("0\r\n\r\n");
      onEnd();
    },
    raw: write,
    finish() {
      onEnd();
      socket.end();
    },
    async reset() {
      await pause(ARRIVAL_MS);
      onEnd();
      socket.resetAndDestroy();
    },
    pause,
    sent: () => Buffer.concat(pieces),
    status: () => status,
    isGone: () => gone.aborted,
  };
}

const CRLF = Buffer.from("\r\n");

/** An event of a stream as it goes over the wire. */
export function writeEvent({ event, data }: Pick<StreamPart, "event" | "data">): string {
  return `${event === null ? "" : `event: ${event}\n`}data: ${data}\n\n`;
}

export function answerJson(reply: Reply, status: number, value: unknown, headers: Record<string, string> = {}): void {
  answerText(reply, status, "application/json", JSON.stringify(value), headers);
}

/** A whole answer with its length, after which the connection stays open. */
export function answerText(
  reply: Reply,
  status: number,
  contentType: string,
  text: string,
  headers: Record<string, string> = {},
): void {
  reply.head(status, { "content-type": contentType, "content-length": `${Buffer.byteLength(text)}`, ...headers });
  reply.body(text);
  reply.end();
}

export function beginEvents(reply: Reply, headers: Record<string, string> = {}): void {
  reply.head(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
}
