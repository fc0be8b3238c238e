/** One HTTP/1.1 request as it stood on the wire. Header names are lower case. */
export interface RawRequest {
  method: string;
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What was read of a connection's bytes, and where what follows it begins. */
interface Read<Value> {
  value: Value;
  end: number;
}

/**
 * Reads the requests of one connection, however the network cut them. `push` answers those that are complete by now,
 * in order, and keeps what follows them. Throws when the bytes are no HTTP.
 */
export function createRequestParser(): { push(piece: Buffer): RawRequest[] } {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(piece) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const requests: RawRequest[] = [];
      for (let read = readRequest(rest); read !== null; read = readRequest(rest)) {
        requests.push(read.value);
        rest = rest.subarray(read.end);
      }
      return requests;
    },
  };
}

function readRequest(bytes: Buffer): Read<RawRequest> | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = readHead(bytes.toString("latin1", 0, headEnd));
  const isChunked = /chunked/i.test(head.headers["transfer-encoding"] ?? "");
  const length = Number(head.headers["content-length"] ?? 0);
  const body = isChunked ? readChunks(bytes, headEnd + 4) : readLength(bytes, headEnd + 4, length);
  return body === null ? null : { value: { ...head, body: body.value.toString() }, end: body.end };
}

function readHead(text: string): Omit<RawRequest, "body"> {
  const [first = "", ...lines] = text.split("\r\n");
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || target === undefined) throw new Error(`No HTTP request begins with ${first}.`);
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { method, target, headers: Object.fromEntries(headers) };
}

function readLength(bytes: Buffer, start: number, length: number): Read<Buffer> | null {
  const end = start + length;
  return bytes.length < end ? null : { value: bytes.subarray(start, end), end };
}

function readChunks(bytes: Buffer, start: number): Read<Buffer> | null {
  const pieces: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const piece = readLength(bytes, lineEnd + 2, size);
    if (piece === null || bytes.length < piece.end + 2) return null;
    at = piece.end + 2;
    if (size === 0) return { value: Buffer.concat(pieces), end: at };
    pieces.push(piece.value);
  }
}
