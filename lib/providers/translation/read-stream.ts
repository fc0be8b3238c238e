import type { LanguageModelV4StreamPart, SharedV4Warning } from "@ai-sdk/provider";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { asInterruption, failedEvent, NO_EVENT } from "../stream-event.ts";
import type { AnswerPart, StreamWriter } from "./codec.ts";
import type { Exchange } from "./fetch.ts";
import { findBreak, mapFinishReason } from "./map-finish-reason.ts";
import { CUT, mapThrown } from "./map-thrown.ts";
import { mapUsage } from "./map-usage.ts";
import { readRawEnd } from "./read-raw-end.ts";
import { findDropped } from "./warnings.ts";

interface StreamInput {
  parts: ReadableStream<LanguageModelV4StreamPart>;
  writer: StreamWriter;
  exchange: Pick<Exchange, "kind" | "signal" | "isOver" | "breakage">;
}

/**
 * A library's stream, raw parts included, as events of the caller's wire. Never throws: a break is a last event with a
 * failure. An answer whose provider has said how it ended is whole, whatever becomes of the connection then.
 */
export async function* readStream({ parts, writer, exchange }: StreamInput): AsyncGenerator<StreamEvent> {
  const { kind, signal } = exchange;
  let hasMoreThanText = false;
  let hasEnded = false;
  let held: AnswerPart[] = [];
  try {
    for await (const part of parts) {
      if (part.type === "raw") {
        const finishReason = hasEnded ? null : readRawEnd(kind, part.rawValue);
        if (finishReason === null) continue;
        hasEnded = true;
        yield { ...NO_EVENT, finishReason };
        continue;
      }
      const failure = readFailure(part, exchange);
      if (failure !== null) {
        // What had been counted when it was cut: the provider charges for that much.
        yield { ...failedEvent(failure), usage: part.type === "finish" ? mapUsage(part.usage) : null };
        return;
      }
      if (!isForWriter(part)) continue;
      hasMoreThanText ||= MORE_THAN_TEXT.has(part.type);
      held.push(part);
      // Libraries close what is open when a stream ends: whether it was whole is known by its finish.
      if (exchange.isOver && CLOSING.has(part.type)) continue;
      for (const one of held) yield* eventsOf(one, writer, hasMoreThanText);
      held = [];
      if (part.type === "finish") return;
    }
    yield failedEvent(exchange.breakage ?? CUT);
  } catch (error) {
    yield failedEvent(exchange.breakage ?? asInterruption(mapThrown(error, signal)));
  }
}

const CLOSING: ReadonlySet<LanguageModelV4StreamPart["type"]> = new Set([
  "text-end",
  "reasoning-end",
  "tool-input-end",
  "tool-call",
]);

const MORE_THAN_TEXT: ReadonlySet<LanguageModelV4StreamPart["type"]> = new Set([
  "reasoning-start",
  "reasoning-delta",
  "reasoning-file",
  "tool-input-start",
  "tool-call",
  "file",
]);

function readFailure(part: LanguageModelV4StreamPart, { signal, breakage }: StreamInput["exchange"]) {
  if (part.type === "stream-start") return findDropped(part.warnings as SharedV4Warning[]);
  if (part.type !== "error" && part.type !== "finish") return null;
  const failure =
    part.type === "error" ? asInterruptionOnly(mapThrown(part.error, signal)) : findBreak(part.finishReason);
  return failure?.kind === "stream-interrupted" ? (breakage ?? failure) : failure;
}

/** A network failure inside a stream is an interruption; what the provider itself reports stays what it is. */
function asInterruptionOnly(failure: ReturnType<typeof mapThrown>) {
  return failure.kind === "network" ? asInterruption(failure) : failure;
}

function isForWriter(part: LanguageModelV4StreamPart): part is AnswerPart {
  return part.type !== "error" && part.type !== "raw" && part.type !== "ping" && part.type !== "stream-start";
}

function eventsOf(part: AnswerPart, writer: StreamWriter, hasMoreThanText: boolean): StreamEvent[] {
  const events = writer.write(part).map((sse): StreamEvent => ({ ...NO_EVENT, sse, hasMoreThanText }));
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (part.type === "finish") {
    first.usage = mapUsage(part.usage);
    first.finishReason = mapFinishReason(part.finishReason);
    last.isEnd = true;
    return events;
  }
  last.text = part.type === "text-delta" ? part.delta : "";
  last.hasContent = isContent(part);
  return events;
}

function isContent(part: AnswerPart): boolean {
  if (part.type === "text-delta" || part.type === "reasoning-delta" || part.type === "tool-input-delta") {
    return part.delta !== "";
  }
  return part.type === "tool-input-start" || part.type === "tool-call" || part.type === "file";
}
