import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type GatewayReply, MAX_BODY_BYTES } from "#lib/gateway/contract/call.ts";
import { GatewayError } from "#lib/gateway/errors.ts";
import type { Gateway } from "#lib/gateway/gateway.ts";

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
    response.end(body);
    return;
  }
  response.writeHead(status, headers);
  for await (const piece of body) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
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
