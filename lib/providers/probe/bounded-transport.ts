import type { GuardedTransport, UpstreamResponse } from "../transport.ts";

/** More than any answer to a test holds, and little enough to read from a stranger. */
const MAX_BYTES = 2 * 1024 * 1024;

/** As undici says it of a body that is too large. */
const TOO_LARGE = "UND_ERR_RES_EXCEEDED_MAX_SIZE";

/** A transport whose answers are given up when they get too large, whatever reads them. */
export function boundedTransport(transport: GuardedTransport, maxBytes = MAX_BYTES): GuardedTransport {
  const bounded = (response: UpstreamResponse): UpstreamResponse => ({
    ...response,
    readBody: () => readAll(atMost(response.stream(), maxBytes)),
    stream: () => atMost(response.stream(), maxBytes),
  });
  return {
    get: async (request) => bounded(await transport.get(request)),
    // Piece by piece even where the whole is wanted: it is this reader that stops.
    post: async (request) => bounded(await transport.post({ ...request, isStream: true })),
    close: async () => {},
  };
}

async function* atMost(pieces: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > maxBytes) throw Object.assign(new Error("The answer is too large."), { code: TOO_LARGE });
    yield piece;
  }
}

async function readAll(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
