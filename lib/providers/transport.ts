import type { Readable } from "node:stream";
import { Pool } from "undici";
import { decodeBody, decodeStream } from "./decode-body.ts";
import { exchangeWhole, type WholeResponse } from "./exchange-whole.ts";

export interface UpstreamRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** The answer is wanted piece by piece; otherwise it is read whole before `post` answers. */
  isStream: boolean;
  signal: AbortSignal;
}

export interface UpstreamResponse {
  status: number;
  header(name: string): string | undefined;
  /** The whole body. Throws like a fetch when the connection breaks or the body is over the limit. */
  readBody(): Promise<Uint8Array>;
  /** The body as it comes. Leaving it early closes the connection, unless it ends by itself within a moment. */
  stream(): AsyncIterable<Uint8Array>;
}

/** How the engine reaches providers: one HTTP POST. Throws on network failures with undici's own error codes. */
export interface Transport {
  post(request: UpstreamRequest): Promise<UpstreamResponse>;
  /** Ends what is still under way. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** How long a body that nobody reads any more may take to end. */
const LEFTOVER_MS = 500;

/**
 * Pooled, kept-alive connections, one pool an origin. Redirects are not followed. How long an answer may take is the
 * caller's to say, by its signal.
 */
export function createTransport(): Transport {
  const pools = new Map<string, Pool>();
  const settings: Pool.Options = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
    maxResponseSize: MAX_BODY_BYTES,
  };
  const poolOf = (origin: string) => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, settings);
    pools.set(origin, pool);
    return pool;
  };
  return {
    async post({ url, headers, body, isStream, signal }) {
      const { origin, path } = splitUrl(url);
      const pool = poolOf(origin);
      if (!isStream) {
        return asResponse(await exchangeWhole(pool, { path, method: "POST", headers, body }, signal));
      }
      const response = await pool.request({ path, method: "POST", headers, body, signal });
      const encoding = firstValue(response.headers["content-encoding"]);
      const readable = decodeStream(response.body, encoding, MAX_BODY_BYTES);
      return {
        status: response.statusCode,
        header: (name) => firstValue(response.headers[name]),
        readBody: () => readAll(readable),
        stream: () => pieces(readable),
      };
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

async function asResponse({ status, headers, body }: WholeResponse): Promise<UpstreamResponse> {
  const decoded = await decodeBody(body, firstValue(headers["content-encoding"]), MAX_BODY_BYTES);
  return {
    status,
    header: (name) => firstValue(headers[name]),
    readBody: async () => decoded,
    stream: async function* () {
      yield decoded;
    },
  };
}

async function readAll(body: Readable): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of body) all.push(piece as Uint8Array);
  return Buffer.concat(all);
}

function pieces(body: Readable): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
      return {
        next: () => iterator.next(),
        async return() {
          // First: a read that is waiting holds up what follows for as long as the provider is silent.
          closeSoon(body);
          await iterator.return?.();
          body.resume();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** What follows a stream's last event is next to nothing: reading it leaves the connection for the next call. */
function closeSoon(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  const timer = setTimeout(() => body.destroy(), LEFTOVER_MS);
  body.once("close", () => clearTimeout(timer)).on("error", () => {});
}

/** By hand, because the address was parsed when its account was opened and every call splits it again. */
function splitUrl(url: string): { origin: string; path: string } {
  const pathAt = url.indexOf("/", url.indexOf("//") + 2);
  return { origin: url.slice(0, pathAt), path: url.slice(pathAt) };
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
