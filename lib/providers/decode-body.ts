import { pipeline, type Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

/**
 * Bodies in an encoding that nobody asked for: some servers and the proxies before them compress all the same. What is
 * unpacked is bounded like any other body.
 */
export async function decodeBody(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const way = wayOf(encoding);
  if (way === null || body.byteLength === 0) return body;
  return way.decode(body, { maxOutputLength: maxBytes });
}

export function decodeStream(body: Readable, encoding: string | undefined, maxBytes: number): Readable {
  const way = wayOf(encoding);
  if (way === null) return body;
  const decoder = way.open();
  let size = 0;
  decoder.on("data", (piece: Uint8Array) => {
    size += piece.byteLength;
    if (size > maxBytes)
      decoder.destroy(Object.assign(new Error("too large"), { code: "UND_ERR_RES_EXCEEDED_MAX_SIZE" }));
  });
  decoder.pause();
  // A break of either is the other's: the reader sees it as an error of what it reads.
  return pipeline(body, decoder, () => {});
}

interface Way {
  decode(body: Uint8Array, options: { maxOutputLength: number }): Promise<Uint8Array>;
  open(): zlib.Gunzip;
}

const GZIP: Way = {
  decode: promisify(zlib.unzip),
  open: () => zlib.createUnzip({ flush: zlib.constants.Z_SYNC_FLUSH }),
};
const BROTLI: Way = {
  decode: promisify(zlib.brotliDecompress),
  open: () => zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }) as unknown as zlib.Gunzip,
};

function wayOf(encoding: string | undefined): Way | null {
  switch (encoding?.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
    case "deflate":
      return GZIP;
    case "br":
      return BROTLI;
    default:
      return null;
  }
}
