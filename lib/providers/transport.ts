import type { Readable } from "node:stream";
import type { Dispatcher, Pool } from "undici";
import { type AllowList, NOTHING_ALLOWED } from "#lib/egress/allow-list.ts";
import { type Resolve, resolveBySystem } from "#lib/egress/guarded-connector.ts";
import { openPools } from "#lib/egress/open-pools.ts";
import type { EgressRule } from "#lib/egress/rule.ts";
import type { FarEnd, WatchedOptions } from "#lib/egress/watched-client.ts";
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

/** Reaches one kind of destination; it can read besides, to ask a server what it has. */
export interface GuardedTransport extends Transport {
  /** One HTTP GET, answered piece by piece. Throws as `post` does. */
  get(request: Pick<UpstreamRequest, "url" | "headers" | "signal">): Promise<UpstreamResponse>;
}

/** Reaches wherever the operator's own accounts are; what a tenant had a say in goes through `under`. */
export interface EgressTransport extends Transport {
  /**
   * The same connections' pools under a rule, on behalf of a tenant: whatever is posted goes where the rule allows, or
   * fails with code `EGRESS_REFUSED`. Cheap enough to be asked for each call; there is nothing to close.
   */
  under(rule: EgressRule, tenantId: string | null): GuardedTransport;
}

/** An end that a request has gone to. */
export interface ReachedDestination {
  host: string;
  port: number;
  address: string;
  tenantId: string | null;
  rule: EgressRule["kind"];
}

export interface TransportSettings {
  allow?: AllowList;
  resolve?: Resolve;
  /** Told of each request once it is answered or has failed, unless there was no connection. */
  onReached?(destination: ReachedDestination): void;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_HEADER_BYTES = 32 * 1024;
/** How long a body that nobody reads any more may take to end. */
const LEFTOVER_MS = 500;

/**
 * Pooled, kept-alive connections, one pool an origin and rule. Redirects are not followed. How long an answer may take
 * is the caller's to say, by its signal.
 */
export function createTransport(settings: TransportSettings = {}): EgressTransport {
  const { allow = NOTHING_ALLOWED, resolve = resolveBySystem, onReached } = settings;
  const pools = openPools({
    guard: { allow, resolve },
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    isWatched: onReached !== undefined,
    options: {
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
      maxResponseSize: MAX_BODY_BYTES,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
  });
  const transportFor = (poolOf: PoolOf, rule: EgressRule["kind"], tenantId: string | null): GuardedTransport => {
    const exchange = (request: Outgoing) =>
      onReached === undefined
        ? send(poolOf, request)
        : sendWatched(poolOf, request, (end) => onReached({ ...end, tenantId, rule }));
    return {
      post: exchange,
      get: (request) => exchange({ ...request, body: null, isStream: true }),
      close: async () => {},
    };
  };
  return {
    ...transportFor(pools.find, "operator", null),
    under: (rule, tenantId) => transportFor((origin) => pools.findUnder(rule, origin), rule.kind, tenantId),
    close: () => pools.close(),
  };
}

type PoolOf = (origin: string) => Pool;

/** What has no body is read. */
type Outgoing = Omit<UpstreamRequest, "body"> & { body: string | null };

async function send(
  poolOf: PoolOf,
  { url, headers, body, isStream, signal }: Outgoing,
  meet?: WatchedOptions["meet"],
): Promise<UpstreamResponse> {
  const { origin, path } = splitUrl(url);
  const pool = poolOf(origin);
  if (!isStream) {
    const options: WatchedOptions = { path, method: "POST", headers, body, meet };
    return asResponse(await exchangeWhole(pool, options, signal));
  }
  const method = body === null ? "GET" : "POST";
  const options: WatchedOptions & Dispatcher.RequestOptions = { path, method, headers, body, signal, meet };
  const response = await pool.request(options);
  const encoding = firstValue(response.headers["content-encoding"]);
  const readable = decodeStream(response.body, encoding, MAX_BODY_BYTES);
  return {
    status: response.statusCode,
    header: (name) => firstValue(response.headers[name]),
    readBody: () => readAll(readable),
    stream: () => pieces(readable),
  };
}

async function sendWatched(
  poolOf: PoolOf,
  request: Outgoing,
  reach: (end: Pick<ReachedDestination, "host" | "port" | "address">) => void,
): Promise<UpstreamResponse> {
  const met: { farEnd: FarEnd | null } = { farEnd: null };
  try {
    return await send(poolOf, request, (farEnd) => {
      met.farEnd = farEnd;
    });
  } finally {
    const { farEnd } = met;
    if (farEnd !== null && farEnd.address !== null) reach({ ...farEnd, address: farEnd.address });
  }
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
