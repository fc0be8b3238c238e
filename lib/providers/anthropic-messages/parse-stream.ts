import type { StreamEvent } from "#lib/gateway/ports.ts";
import { mapErrorObject } from "../map-failure.ts";
import { CUT_EVENT, failedEvent, NO_EVENT, readEvents } from "../stream-event.ts";
import { mapFinishReason } from "./map-finish-reason.ts";
import { mapUsage } from "./map-usage.ts";

interface MessageEvent {
  type?: unknown;
  index?: unknown;
  message?: { usage?: unknown } | null;
  content_block?: { type?: unknown; text?: unknown } | null;
  delta?: { type?: unknown; text?: unknown; stop_reason?: unknown } | null;
  usage?: unknown;
  error?: unknown;
}

interface StreamInput {
  bytes: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

/** A message stream's events, however the network cut it. Never throws: a break is a last event with a failure. */
export function parseStream({ bytes, signal }: StreamInput): AsyncGenerator<StreamEvent> {
  return readEvents({ bytes, signal, read: createEventReader() });
}

/** Reads the events of one stream, in their order: its counts of tokens come in two parts. */
function createEventReader(): (event: { event: string | null; data: string }) => StreamEvent {
  let counts: Record<string, unknown> = {};
  let hasContent = false;
  let hasReason = false;
  return ({ event, data }) => {
    const said = parseEvent(data);
    if (said === null) return failedEvent({ ...mapErrorObject(null), kind: "bad-response", message: MALFORMED });
    const type = typeof said.type === "string" ? said.type : event;
    if (type === "error") return failedEvent(mapErrorObject(said));
    // What said nothing at all is an empty stream, and whoever watches it says so.
    if (type === "message_stop" && hasContent && !hasReason) return CUT_EVENT;
    const read = readEvent(type, said);
    hasContent ||= read.hasContent === true;
    hasReason ||= read.finishReason !== undefined && read.finishReason !== null;
    counts = { ...counts, ...counted(said.message?.usage), ...counted(said.usage) };
    return {
      ...NO_EVENT,
      ...read,
      sse: { event, data },
      usage: type === "message_start" || type === "message_delta" ? mapUsage(counts) : null,
    };
  };
}

const MALFORMED = "The provider's stream holds an event that is not JSON.";

function parseEvent(data: string): MessageEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** The counts of a part; what it leaves out or does not know stands as it was. */
function counted(usage: unknown): Record<string, unknown> {
  if (typeof usage !== "object" || usage === null) return {};
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
}

function readEvent(type: string | null, { index, content_block: block, delta }: MessageEvent): Partial<StreamEvent> {
  switch (type) {
    case "content_block_start":
      // A second text cannot be told from the first by who takes the answer up: its number may differ.
      if (block?.type === "text") return { ...addText(block.text), hasMoreThanText: index !== 0 };
      return { hasContent: block?.type !== "thinking", hasMoreThanText: true };
    case "content_block_delta":
      if (delta?.type === "text_delta") return addText(delta.text);
      return { hasContent: true, hasMoreThanText: true };
    case "content_block_stop":
      // Nothing can be added to a block that is closed.
      return { hasMoreThanText: true };
    case "message_delta":
      return { finishReason: mapFinishReason(typeof delta?.stop_reason === "string" ? delta.stop_reason : null) };
    case "message_stop":
      return { isEnd: true };
    default:
      return {};
  }
}

function addText(text: unknown): Partial<StreamEvent> {
  return typeof text === "string" && text !== "" ? { hasContent: true, text } : {};
}
