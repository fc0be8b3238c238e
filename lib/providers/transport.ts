import { Agent, type Dispatcher } from "undici";

export interface UpstreamRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

export interface UpstreamResponse {
  status: number;
  header(name: string): string | undefined;
  /** The whole body. Throws like a fetch when the connection breaks or the body is over the limit. */
  readBody(): Promise<Uint8Array>;
  /** The body as it comes. Leaving it early closes the connection. */
  stream(): AsyncIterable<Uint8Array>;
}

/** How the engine reaches providers: one HTTP POST. Throws on network failures with undici's own error codes. */
export interface Transport {
  post(request: UpstreamRequest): Promise<UpstreamResponse>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** A model may think for minutes before its first byte. */
const HEADERS_TIMEOUT_MS = 300_000;
/** Between two pieces of a body. */
const BODY_TIMEOUT_MS = 120_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Pooled, kept-alive connections, one pool an origin. Redirects are not followed. */
export function createTransport(): Transport {
  const agent = new Agent({
    connectTimeout: CONNECT_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: 30_000,
    maxResponseSize: MAX_BODY_BYTES,
  });
  return {
    async post({ url, headers, body, signal }) {
      const response = await agent.request({ ...splitUrl(url), method: "POST", headers, body, signal });
      return {
        status: response.statusCode,
        header: (name) => firstValue(response.headers[name]),
        readBody: () => response.body.bytes(),
        stream: () => response.body,
      };
    },
    close: () => agent.close(),
  };
}

function splitUrl(url: string): Pick<Dispatcher.RequestOptions, "origin" | "path"> {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
