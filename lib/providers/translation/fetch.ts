import { ReadableStream } from "node:stream/web";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { mapErrorObject, mapErrorResponse, mapTransportError } from "../map-failure.ts";
import type { TranslationKind } from "../registry/entry.ts";
import { asInterruption } from "../stream-event.ts";
import type { Transport, UpstreamResponse } from "../transport.ts";
import { FailedCall } from "./failed-call.ts";
import { refine } from "./provider-words.ts";
import { untilBreak } from "./until-break.ts";

/** What is known of a library's call from outside it. */
export interface Exchange {
  kind: TranslationKind;
  isStream: boolean;
  signal: AbortSignal;
  /** Whether anything has gone out: a failure before that is none of the provider's. */
  isSent: boolean;
  /** Set when the provider has answered. */
  providerRequestId: string | null;
  /** Nothing more comes of the stream: what the library tells from here on it may have made up to end it. */
  isOver: boolean;
  /** What broke the stream's connection: the library sees a stream that ends. */
  breakage: ProviderFailure | null;
  /** Lets go of a stream under way: a library that gives up its answer may leave the connection open. */
  leave(): void;
}

export function openExchange(kind: TranslationKind, isStream: boolean, signal: AbortSignal): Exchange {
  const nothingYet = { isSent: false, providerRequestId: null, isOver: false, breakage: null, leave() {} };
  return { kind, isStream, signal, ...nothingYet };
}

/**
 * Our transport in the shape that the libraries take. An answer that is none leaves as a `FailedCall`, so that what it
 * means is decided here and not by each library.
 */
export function fetchOver(transport: Transport, exchange: Exchange): typeof globalThis.fetch {
  return async (input, init) => {
    const { isStream, signal } = exchange;
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    if (init?.method !== "POST" || typeof init.body !== "string") throw new Error(`Only JSON is sent, not to ${url}.`);
    const headers = { ...Object.fromEntries(new Headers(init.headers)), "user-agent": "switchyard" };
    let response: UpstreamResponse;
    exchange.isSent = true;
    try {
      response = await transport.post({ url, headers, body: init.body, isStream, signal });
    } catch (error) {
      throw new FailedCall(mapTransportError(error, signal));
    }
    exchange.providerRequestId = readRequestId(response);
    const isAnswered = response.status === 200;
    if (isAnswered && isStream && !/json|html/.test(response.header("content-type") ?? "")) {
      return toResponse(response, openBody(response, exchange));
    }
    const body = await response.readBody();
    const failure = readFailure(response, decoder.decode(body), isStream);
    if (failure !== null) throw new FailedCall(failure);
    return toResponse(response, body);
  };
}

function openBody(response: UpstreamResponse, exchange: Exchange): ReadableStream<Uint8Array> {
  const { kind, signal } = exchange;
  const pieces = untilBreak(response.stream()[Symbol.asyncIterator](), kind, (breakage) => {
    // Nobody waits for the end of a call that was broken off from here.
    if (breakage !== null && signal.aborted) throw breakage;
    if (breakage !== null) exchange.breakage = asInterruption(mapTransportError(breakage, signal));
    exchange.isOver = true;
  });
  Object.assign(exchange, { isOver: false, breakage: null });
  exchange.leave = () => void pieces.return?.().catch(() => {});
  return ReadableStream.from({ [Symbol.asyncIterator]: () => pieces });
}

function toResponse(response: UpstreamResponse, body: ReadableStream<Uint8Array> | Uint8Array): Response {
  return new Response(body as unknown as BodyInit, { status: 200, headers: passedHeaders(response) });
}

const decoder = new TextDecoder();

function readFailure({ status, header }: UpstreamResponse, body: string, isStream: boolean): ProviderFailure | null {
  if (status !== 200) {
    const failure = refine(mapErrorResponse(status, body, header));
    return { ...failure, retryAfterMs: failure.retryAfterMs ?? readRetryDelay(body) };
  }
  // A library that finds nothing of its own in an answer may take it for an empty one.
  const told = body.includes('"error"') ? readError(body) : null;
  if (told !== null || !isStream) return told === null ? null : refine(told);
  const message = "The provider answered a streaming request without a stream.";
  return { ...mapErrorObject(null), kind: "bad-response", message };
}

/** Google asks for a wait in the error itself: `"retryDelay": "34.4s"`. */
function readRetryDelay(body: string): number | null {
  const seconds = /"retryDelay":\s*"([\d.]+)s"/.exec(body)?.[1];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
}

/** The error that a 200's JSON holds; null: none. */
export function readError(body: string): ProviderFailure | null {
  try {
    const value = JSON.parse(body) as { error?: unknown } | null;
    return value?.error == null ? null : mapErrorObject(value);
  } catch {
    return null;
  }
}

function readRequestId({ header }: UpstreamResponse): string | null {
  return (
    header("x-request-id") ??
    header("request-id") ??
    header("x-amzn-requestid") ??
    header("apim-request-id") ??
    header("x-debug-trace-id") ??
    null
  );
}

/** Those that a library reads. */
function passedHeaders({ header }: UpstreamResponse): Record<string, string> {
  const passed = ["content-type", "x-amzn-requestid", "x-amzn-bedrock-input-token-count", "date"].map(
    (name) => [name, header(name)] as const,
  );
  return Object.fromEntries(passed.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
