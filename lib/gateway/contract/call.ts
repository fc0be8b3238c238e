/** What a mount hands to the engine: one HTTP request, in nobody's framework. */
export interface GatewayCall {
  method: string;
  /** Without the query string: `/v1/chat/completions`. */
  path: string;
  /** Names are lower case. */
  header(name: string): string | undefined;
  /** The whole body. Rejects with a `GatewayError` (`request_too_large`) past the limit of 20 MB. */
  readBody(): Promise<Uint8Array>;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
}

/** What the engine hands back. A stream yields whole server-sent events; leaving it early cancels the provider's call. */
export interface GatewayReply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** 20 MB, as the outside contract says. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024;
