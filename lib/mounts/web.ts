import { type GatewayReply, MAX_BODY_BYTES } from "#lib/gateway/contract/call.ts";
import { GatewayError } from "#lib/gateway/errors.ts";
import type { Gateway } from "#lib/gateway/gateway.ts";

/** Answers one web-standard request from the engine: the mount for platforms that only run route handlers. */
export async function serveWeb(gateway: Gateway, request: Request): Promise<Response> {
  const reply = await gateway.handle({
    method: request.method,
    path: new URL(request.url).pathname,
    header: (name) => request.headers.get(name) ?? undefined,
    readBody: () => readBody(request),
    signal: request.signal,
  });
  return new Response(toBody(reply), { status: reply.status, headers: reply.headers });
}

function toBody({ body }: GatewayReply): BodyInit {
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    // The caller has gone: the engine stops the provider's call.
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

async function readBody(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

function tooLarge(): GatewayError {
  return new GatewayError("request_too_large", "The body is larger than 20 MB.");
}
