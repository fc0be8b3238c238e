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
  try {
    return await way.decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    throw (error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge() : error;
  }
}

export function decodeStream(body: Readable, encoding: string | undefined, maxBytes: number): Readable {
  const way = wayOf(encoding);
  if (way === null) return body;
  const decoder = way.open();
  let size = 0;
  decoder.on("data", (piece: Uint8Array) => {
    size += piece.byteLength;
    if (size > maxBytes) decoder.destroy(tooLarge());
  });
  decoder.pause();
  // A break of either is the other's: the reader sees it as an error of what it reads.
  return pipeline(body, decoder, () => {});
}

/** As undici says it of a body that is too large as it is. */
function tooLarge(): Error {
  return Object.assign(new Error("The body is too large."), { code: "UND_ERR_RES_EXCEEDED_MAX_SIZE" });
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
