import { Readable } from "node:stream";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeBody, decodeStream } from "./decode-body.ts";

const TEXT = "a b c ".repeat(1_000);
const PLAIN = Buffer.from(TEXT);
const TOO_LARGE = { code: "UND_ERR_RES_EXCEEDED_MAX_SIZE" };

const PACKED: [string, Buffer][] = [
  ["gzip", zlib.gzipSync(PLAIN)],
  ["x-gzip", zlib.gzipSync(PLAIN)],
  ["GZIP ", zlib.gzipSync(PLAIN)],
  ["deflate", zlib.deflateSync(PLAIN)],
  ["br", zlib.brotliCompressSync(PLAIN)],
];

async function readAll(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

const pieces = (body: Buffer, length: number) =>
  Array.from({ length: Math.ceil(body.length / length) }, (_, at) => body.subarray(at * length, (at + 1) * length));

describe("a body read whole", () => {
  test.each(PACKED)("is unpacked from %s", async (encoding, body) => {
    expect(Buffer.from(await decodeBody(body, encoding, 1_000_000)).toString()).toBe(TEXT);
  });

  test.each([[undefined], ["identity"], ["zstd"]])("is left as it is when it says %s", async (encoding) => {
    expect(await decodeBody(PLAIN, encoding, 10)).toBe(PLAIN);
  });

  test("may be empty whatever it says", async () => {
    expect(await decodeBody(new Uint8Array(), "gzip", 10)).toHaveLength(0);
  });

  test.each(PACKED)("that unpacks to too much is an error like any too large body: %s", async (encoding) => {
    const bomb =
      encoding === "br" ? zlib.brotliCompressSync(Buffer.alloc(9_000_000)) : zlib.gzipSync(Buffer.alloc(9_000_000));
    await expect(decodeBody(bomb, encoding, 1_000_000)).rejects.toMatchObject(TOO_LARGE);
  });

  test.each(PACKED)("that is cut or broken is an error: %s", async (encoding, body) => {
    await expect(decodeBody(body.subarray(0, body.length / 2), encoding, 1_000_000)).rejects.toThrow();
    await expect(decodeBody(Buffer.from("{}"), encoding, 1_000_000)).rejects.toThrow();
  });
});

describe("a body read as it comes", () => {
  test.each(PACKED)("is unpacked from %s, however it is cut", async (encoding, body) => {
    for (const length of [1, 7, 100_000]) {
      expect(await readAll(decodeStream(Readable.from(pieces(body, length)), encoding, 1_000_000))).toBe(TEXT);
    }
  });

  test("comes piece by piece: what the sender has flushed is there before the rest", async () => {
    const gzip = zlib.createGzip();
    const decoded = decodeStream(gzip, "gzip", 1_000_000);
    const iterator = decoded[Symbol.asyncIterator]();
    gzip.write("data: first\n\n");
    gzip.flush(zlib.constants.Z_SYNC_FLUSH);
    expect(String((await iterator.next()).value)).toBe("data: first\n\n");
    gzip.end("data: second\n\n");
    expect(String((await iterator.next()).value)).toBe("data: second\n\n");
    expect((await iterator.next()).done).toBe(true);
  });

  test.each(["gzip", "br"])("that unpacks to too much ends in an error before it has: %s", async (encoding) => {
    const much = Buffer.alloc(50_000_000);
    const bomb = encoding === "br" ? zlib.brotliCompressSync(much) : zlib.gzipSync(much);
    const source = Readable.from(pieces(bomb, 1_000));
    let read = 0;
    const reading = (async () => {
      for await (const piece of decodeStream(source, encoding, 1_000_000)) read += (piece as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject(TOO_LARGE);
    expect(read).toBeLessThan(2_000_000);
    expect(source.destroyed).toBe(true);
  });

  test.each(PACKED)("that is cut or broken ends in an error: %s", async (encoding, body) => {
    for (const broken of [body.subarray(0, body.length / 2), Buffer.from("data: x\n\n")]) {
      await expect(readAll(decodeStream(Readable.from([broken]), encoding, 1_000_000))).rejects.toThrow();
    }
  });

  test("whose connection breaks ends in that error", async () => {
    async function* breaking() {
      yield zlib.gzipSync(PLAIN).subarray(0, 20);
      throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
    }
    await expect(readAll(decodeStream(Readable.from(breaking()), "gzip", 1_000_000))).rejects.toMatchObject({
      code: "ECONNRESET",
    });
  });

  test("that its reader leaves lets the connection go", async () => {
    const source = Readable.from(pieces(zlib.gzipSync(Buffer.alloc(1_000_000)), 100));
    const decoded = decodeStream(source, "gzip", 10_000_000);
    for await (const _ of decoded) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.destroyed).toBe(true);
  });
});
