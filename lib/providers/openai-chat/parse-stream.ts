import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { mapErrorObject } from "../map-failure.ts";
import { CUT_EVENT, failedEvent, NO_EVENT, readEvents } from "../stream-event.ts";
import { mapFinishReason } from "./map-finish-reason.ts";
import { mapUsage } from "./map-usage.ts";

interface Chunk {
  choices?: Choice[];
  usage?: unknown;
  /** Groq's place for usage. */
  x_groq?: { usage?: unknown; error?: unknown };
  error?: unknown;
}

interface Choice {
  index?: number;
  delta?: Record<string, unknown> | null;
  finish_reason?: string | null;
}

interface StreamInput {
  bytes: AsyncIterable<Uint8Array>;
  /** We asked for usage and the caller did not: it is kept from them. */
  hidesUsage: boolean;
  /** Asked for: an answer of several has not ended with its first. */
  choices: number;
  signal: AbortSignal;
}

/** A chat stream's events, however the network cut it. Never throws: a break is a last event with a failure. */
export function parseStream({ bytes, hidesUsage, choices, signal }: StreamInput): AsyncGenerator<StreamEvent> {
  const progress: Progress = {
    hidesUsage,
    choices,
    hasContent: false,
    isDue: false,
    isCounted: false,
    begun: new Set(),
    finished: new Set(),
  };
  return readEvents({ bytes, signal, read: (event) => readEvent(event, progress) });
}

interface Progress extends Pick<StreamInput, "hidesUsage" | "choices"> {
  hasContent: boolean;
  /** A choice has said that its reason is still to come. */
  isDue: boolean;
  /** What the whole answer took has been told, in an event of its own. */
  isCounted: boolean;
  /** Indexes of the choices that have begun, and of those that have ended. */
  begun: Set<number>;
  finished: Set<number>;
}

function readEvent({ event, data }: { event: string | null; data: string }, progress: Progress): StreamEvent {
  if (data === "[DONE]") return isCut(progress) ? CUT_EVENT : { ...NO_EVENT, sse: { event: null, data }, isEnd: true };
  const chunk = parseChunk(data);
  if (chunk === null) return failedEvent({ ...mapErrorObject(null), kind: "bad-response", message: MALFORMED });
  const usage = mapUsage(chunk.usage ?? chunk.x_groq?.usage);
  // Some name the event and let its data be the error itself.
  const error = chunk.error ?? chunk.x_groq?.error ?? (event === "error" ? chunk : null);
  if (error !== undefined && error !== null) return { ...failedEvent(mapErrorObject({ error })), usage };
  const visible = progress.hidesUsage ? withoutUsage(data, chunk) : data;
  const content = readChoices(chunk.choices ?? []);
  progress.hasContent ||= content.hasContent === true;
  progress.isCounted ||= usage !== null && chunk.choices?.length === 0;
  return {
    ...NO_EVENT,
    ...content,
    finishReason: readFinish(chunk.choices ?? [], progress),
    sse: visible === null ? null : { event: null, data: visible },
    usage,
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

function readChoices(choices: readonly Choice[]): Partial<StreamEvent> {
  const [first] = choices;
  if (first === undefined) return {};
  const { content, tool_calls, function_call, reasoning, reasoning_content, refusal, audio } = first.delta ?? {};
  const others = [tool_calls, function_call, reasoning, reasoning_content, refusal, audio].some(isPresent);
  const isPlainText = typeof content === "string" || content === undefined || content === null;
  return {
    hasContent: isPresent(content) || others,
    text: typeof content === "string" ? content : "",
    hasMoreThanText: others || !isPlainText || choices.length > 1 || (first.index ?? 0) > 0,
  };
}

/** How the answer ended, with the event that ends the last of its choices. */
function readFinish(choices: readonly Choice[], progress: Progress): FinishReason | null {
  const { choices: asked, begun, finished } = progress;
  let reason: FinishReason | null = null;
  for (const { index, finish_reason } of choices) {
    begun.add(index ?? 0);
    progress.isDue ||= finish_reason === null;
    const ended = mapFinishReason(finish_reason);
    if (ended === null) continue;
    reason = ended;
    finished.add(index ?? 0);
  }
  return finished.size < asked ? null : reason;
}

/**
 * Servers in front of a model send the end mark even where the model broke off. Snowflake's streams know no reasons, not
 * even as null: from it, the count after the answer says that all is said. Any other that we know names the reason, or
 * fails to by a fault which clients take for a broken stream too. What said nothing is left to whoever watches the stream.
 */
function isCut({ choices, hasContent, isDue, isCounted, begun, finished }: Progress): boolean {
  const isWhole = choices > 1 ? [...begun].every((index) => finished.has(index)) : finished.size > 0;
  const knowsNone = finished.size === 0 && !isDue;
  return hasContent && !isWhole && !(knowsNone && isCounted);
}

function isPresent(part: unknown): boolean {
  if (typeof part === "string") return part !== "";
  return Array.isArray(part) ? part.length > 0 : typeof part === "object" && part !== null;
}

/** The chunk as the provider would have sent it unasked; null for the one that is there for usage alone. */
function withoutUsage(data: string, chunk: Chunk): string | null {
  if (!("usage" in chunk)) return data;
  if (chunk.usage !== null && chunk.choices?.length === 0) return null;
  const { usage: _, ...rest } = chunk;
  return JSON.stringify(rest);
}
