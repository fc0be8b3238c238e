import type { StreamEvent } from "#lib/gateway/ports.ts";
import { failedEvent, NO_EVENT, readEvents } from "../stream-event.ts";
import { mapFailure } from "./map-failure.ts";
import { mapUsage } from "./map-usage.ts";
import { findFailure, isCall, type ResponseObject, readFinishReason } from "./read-response.ts";

interface ResponseEvent {
  type?: unknown;
  delta?: unknown;
  item?: { type?: unknown } | null;
  response?: ResponseObject | null;
  error?: unknown;
}

type ServerSentEvent = NonNullable<StreamEvent["sse"]>;

interface StreamInput {
  bytes: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

/**
 * A response's events, however the network cut it. Its last event holds the whole response: there is no other end. Never
 * throws: a break is a last event with a failure.
 */
export function parseStream({ bytes, signal }: StreamInput): AsyncGenerator<StreamEvent> {
  let hasCalls = false;
  const read = (sse: ServerSentEvent): StreamEvent => {
    // Some add the other wire's end to this one's.
    if (sse.data === "[DONE]") return { ...NO_EVENT, sse };
    const event = parseEvent(sse.data);
    if (event === null) return failedEvent({ ...mapFailure(null), kind: "bad-response", message: MALFORMED });
    hasCalls ||= isCall(event.item);
    return readEvent(event, sse, hasCalls);
  };
  return readEvents({ bytes, signal, read });
}

const MALFORMED = "The provider's stream holds an event that is not JSON.";

function parseEvent(data: string): ResponseEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

function readEvent(event: ResponseEvent, sse: ServerSentEvent, hasCalls: boolean): StreamEvent {
  const type = String(event.type ?? sse.event);
  if (type === "error" || isError(event)) return failedEvent(mapFailure(event.error ?? event));
  switch (type) {
    case "response.output_text.delta": {
      const text = typeof event.delta === "string" ? event.delta : "";
      return { ...NO_EVENT, sse, text, hasContent: text !== "" };
    }
    case "response.output_item.added":
      return { ...NO_EVENT, sse, hasContent: isCall(event.item), hasMoreThanText: event.item?.type !== "message" };
    case "response.completed":
    case "response.incomplete":
    case "response.failed":
      return readEnd(event.response ?? {}, type, sse, hasCalls);
    default: {
      // Reasoning, arguments, refusals, code: whatever else comes piece by piece.
      const isPiece = type.endsWith(".delta") && event.delta !== "" && event.delta !== undefined;
      return { ...NO_EVENT, sse, hasContent: isPiece, hasMoreThanText: isPiece };
    }
  }
}

/** An error without the event that names it, as servers in front of the provider send it. */
function isError({ type, error }: ResponseEvent): boolean {
  return type === undefined && error !== undefined && error !== null;
}

function readEnd(response: ResponseObject, type: string, sse: ServerSentEvent, hasCalls: boolean): StreamEvent {
  const usage = mapUsage(response.usage);
  const status = type.slice("response.".length);
  const failure = findFailure({ ...response, status });
  if (failure !== null) return { ...failedEvent(failure), usage };
  return { ...NO_EVENT, sse, usage, finishReason: readFinishReason({ ...response, status }, hasCalls), isEnd: true };
}
