import type { Prefill } from "../../contract/catalog.ts";
import type { WireBody } from "../../contract/wire.ts";
import type { StreamEvent } from "../../ports.ts";
import type { ServerSentEvent } from "../wire.ts";
import type { ChatBody } from "./schema.ts";

/** An answer of several choices, of a set form or of tools that must be called does not go on from some text. */
export function continueFrom(body: WireBody, text: string, prefill: Prefill): WireBody | null {
  const { messages, n, response_format: format, logprobs, tool_choice: choice } = body as ChatBody;
  const isOpen = (n === undefined || n === null || n === 1) && logprobs !== true;
  const isFree = (format === undefined || format === null || format.type === "text") && isFreeChoice(choice);
  if (!isOpen || !isFree || messages.at(-1)?.role === "assistant") return null;
  const begun = { role: "assistant", content: text };
  if (prefill === "prefix-flag") return { messages: [...messages, { ...begun, prefix: true }] };
  const edits = { messages: [...messages, begun] };
  return prefill === "continue-final-message"
    ? { ...edits, continue_final_message: true, add_generation_prompt: false }
    : edits;
}

function isFreeChoice(choice: unknown): boolean {
  return choice === undefined || choice === null || choice === "auto" || choice === "none";
}

/**
 * The second stream's chunks under the first one's id; what only opens it is left out, and so is what it repeats of the
 * text: some providers begin with the prefix they were given, and white space at its end is often not sent and comes back.
 */
export function startJoin(
  opening: ServerSentEvent,
  text: string,
  prefill: Prefill,
): (event: StreamEvent) => readonly StreamEvent[] {
  const { id, created } = JSON.parse(opening.data) as { id?: unknown; created?: unknown };
  let repeatable = prefill === "prefix-flag" ? text : text.slice(text.trimEnd().length);
  return (event) => {
    if (event.sse === null || event.isEnd) return [event];
    const chunk = JSON.parse(event.sse.data) as Chunk;
    const delta = chunk.choices?.[0]?.delta;
    const repeated = lengthRepeated(event.text, repeatable);
    repeatable = repeated === event.text.length ? repeatable.slice(repeated) : "";
    if (repeated > 0 && delta !== undefined) delta.content = event.text.slice(repeated);
    const isEmpty = delta?.role !== undefined || repeated > 0;
    if (delta !== undefined) delete delta.role;
    const joined = {
      ...event,
      text: event.text.slice(repeated),
      hasContent: event.hasContent && repeated < event.text.length,
    };
    if (isEmpty && !joined.hasContent && event.finishReason === null && event.usage === null) return [];
    return [{ ...joined, sse: { ...event.sse, data: JSON.stringify({ ...chunk, id, created }) } }];
  };
}

interface Chunk {
  choices?: { delta?: Record<string, unknown> }[];
}

function lengthRepeated(text: string, repeatable: string): number {
  let length = 0;
  while (length < text.length && text[length] === repeatable[length]) length += 1;
  return length;
}
