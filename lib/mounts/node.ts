import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type GatewayReply, MAX_BODY_BYTES } from "#lib/gateway/contract/call.ts";
import { GatewayError } from "#lib/gateway/errors.ts";
import type { Gateway } from "#lib/gateway/gateway.ts";
import { atEndOfTurn } from "./end-of-turn.ts";

/** How long a caller may go on sending a body that has been refused. */
const LINGER_MS = 2_000;

/** Up to here copying a body costs less than another write. */
const ONE_WRITE_BYTES = 64 * 1024;

/** Answers one request of a Node server from the engine, with nothing in between. */
export async function serveNode(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const abort = new AbortController();
  // `close` comes after every answer too: only one that was cut off is an abort.
  response.once("close", () => {
    if (!response.writableFinished) abort.abort();
  });
  const url = request.url ?? "/";
  const queryAt = url.indexOf("?");
  const reply = await gateway.handle({
    method: request.method ?? "GET",
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    header: (name) => firstValue(request.headers[name]),
    readBody: () => readBody(request),
    signal: abort.signal,
  });
  await send(reply, request, response);
}

async function send({ status, headers, body }: GatewayReply, request: IncomingMessage, response: ServerResponse) {
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) headers.connection = "close";
  if (body instanceof Uint8Array) {
    headers["content-length"] = String(body.byteLength);
    response.writeHead(status, headers);
    if (request.complete && body.byteLength <= ONE_WRITE_BYTES) {
      // Node sends a head and a string as one piece, a head and bytes as two: the same bytes for one system call less.
      const text = asBuffer(body).toString("latin1");
      atEndOfTurn(() => response.end(text, "latin1"));
      return;
    }
    response.write(body);
    await discardBody(request);
    response.end();
    return;
  }
  response.writeHead(status, headers);
  for await (const piece of body) {
    if (response.destroyed) return;
    if (!response.write(piece)) await writable(response);
  }
  response.end();
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Until what was written is on its way, or nobody waits for it any more. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle).off("close", settle);
      resolve();
    };
    response.on("drain", settle).on("close", settle);
  });
}

/**
 * Reads what still comes of a body that was refused, for a short while: closing the connection on unread bytes resets
 * it, and a caller that is still sending would never get to read why.
 */
async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  const lingering = new AbortController();
  const { signal } = lingering;
  request.resume();
  const settled = [
    once(request, "end", { signal }),
    once(request, "close", { signal }),
    sleep(LINGER_MS, null, { signal }),
  ];
  await Promise.race(settled).catch(() => {});
  lingering.abort();
}

function readBody(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    request.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_BODY_BYTES) {
        request.pause();
        request.removeAllListeners("data");
        reject(tooLarge());
      } else {
        pieces.push(piece);
      }
    });
    request.on("end", () => resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)));
    request.on("error", () => reject(cutOff()));
    request.on("close", () => {
      if (!request.complete) reject(cutOff());
    });
  });
}

function tooLarge(): GatewayError {
  return new GatewayError("request_too_large", "The body is larger than 20 MB.");
}

function cutOff(): GatewayError {
  return new GatewayError("client_closed_request", "The caller closed the connection before the body was complete.");
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
