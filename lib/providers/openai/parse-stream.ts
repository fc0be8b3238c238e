import { createParser } from "eventsource-parser";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { mapErrorObject, mapTransportError } from "./map-failure.ts";
import { mapUsage } from "./map-usage.ts";

interface Chunk {
  choices?: { delta?: Record<string, unknown> | null; finish_reason?: string | null; text?: string }[];
  usage?: unknown;
  /** Groq's place for usage. */
  x_groq?: { usage?: unknown; error?: unknown };
  error?: unknown;
}

interface StreamInput {
  bytes: AsyncIterable<Uint8Array>;
  /** We asked for usage and the caller did not: it is kept from them. */
  hidesUsage: boolean;
  signal: AbortSignal;
}

/** A chat stream's events, however the network cut it. Never throws: a break is a last event with a failure. */
export async function* parseStream({ bytes, hidesUsage, signal }: StreamInput): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const queue: string[] = [];
  const parser = createParser({ onEvent: (event) => queue.push(event.data) });
  try {
    for await (const piece of bytes) {
      parser.feed(decoder.decode(piece, { stream: true }));
      for (const data of queue) yield readEvent(data, hidesUsage);
      queue.length = 0;
    }
    // A last event whose closing blank line never came is still an event.
    parser.feed("\n\n");
    for (const data of queue) yield readEvent(data, hidesUsage);
  } catch (error) {
    const failure = mapTransportError(error, signal);
    const kind = failure.kind === "client-aborted" || failure.kind === "timeout" ? failure.kind : "stream-interrupted";
    yield { ...NOTHING, failure: { ...failure, kind } };
  }
}

const NOTHING: StreamEvent = { data: null, hasContent: false, usage: null, finishReason: null, failure: null };

function readEvent(data: string, hidesUsage: boolean): StreamEvent {
  if (data === "[DONE]") return { ...NOTHING, data };
  const chunk = parseChunk(data);
  if (chunk === null) {
    return { ...NOTHING, failure: { ...mapErrorObject(null), kind: "bad-response", message: MALFORMED } };
  }
  const usage = mapUsage(chunk.usage ?? chunk.x_groq?.usage);
  const error = chunk.error ?? chunk.x_groq?.error;
  if (error !== undefined && error !== null) return { ...NOTHING, usage, failure: mapErrorObject({ error }) };
  const choice = chunk.choices?.[0];
  return {
    data: hidesUsage ? withoutUsage(data, chunk) : data,
    hasContent: hasContent(choice?.delta),
    usage,
    finishReason: choice?.finish_reason ?? null,
    failure: null,
  };
}

const MALFORMED = "The provider's stream holds an event that is not JSON.";

function parseChunk(data: string): Chunk | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

function hasContent(delta: Record<string, unknown> | null | undefined): boolean {
  if (delta === null || delta === undefined) return false;
  const { content, tool_calls, reasoning, reasoning_content, refusal } = delta;
  return [content, tool_calls, reasoning, reasoning_content, refusal].some((part) =>
    typeof part === "string" ? part !== "" : Array.isArray(part) && part.length > 0,
  );
}

/** The chunk as the provider would have sent it unasked; null for the one that is there for usage alone. */
function withoutUsage(data: string, chunk: Chunk): string | null {
  if (!("usage" in chunk)) return data;
  if (chunk.usage !== null && chunk.choices?.length === 0) return null;
  const { usage: _, ...rest } = chunk;
  return JSON.stringify(rest);
}
