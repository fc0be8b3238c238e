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
  const leaveOut = startLeavingOut(prefill === "prefix-flag" ? text : text.slice(text.trimEnd().length));
  return (event) => leaveOut(event).flatMap(({ said, repeated }) => join(said, repeated, { id, created }));
}

interface Part {
  said: StreamEvent;
  /** Characters at its beginning that the caller has already. */
  repeated: number;
}

/** Holds back what may be a repetition until it is one: an answer that merely goes on alike keeps its text. */
function startLeavingOut(repeatable: string): (event: StreamEvent) => Part[] {
  let held: StreamEvent[] = [];
  let came = "";
  let isDecided = false;
  const decide = (): Part[] => {
    const common = lengthInCommon(came, repeatable);
    let left = common >= repeatable.trimEnd().length ? common : 0;
    const parts = held.map((said) => {
      const repeated = Math.min(left, said.text.length);
      left -= repeated;
      return { said, repeated };
    });
    isDecided = true;
    held = [];
    return parts;
  };
  return (event) => {
    if (isDecided) return [{ said: event, repeated: 0 }];
    if (event.text === "") {
      const isMore = event.hasContent || event.finishReason !== null || event.isEnd;
      return [...(isMore ? decide() : []), { said: event, repeated: 0 }];
    }
    const isAlike = repeatable.startsWith(event.text, came.length);
    held.push(event);
    came += event.text;
    return isAlike && came.length < repeatable.length ? [] : decide();
  };
}

function join(event: StreamEvent, repeated: number, envelope: object): StreamEvent[] {
  if (event.sse === null || event.isEnd) return [event];
  const chunk = JSON.parse(event.sse.data) as { choices?: { delta?: Record<string, unknown> }[] };
  const delta = chunk.choices?.[0]?.delta;
  const isOpening = delta?.role !== undefined;
  if (delta !== undefined && repeated > 0) delta.content = event.text.slice(repeated);
  if (isOpening) delete delta.role;
  const text = event.text.slice(repeated);
  const hasContent = event.hasContent && (repeated === 0 || text !== "");
  const saysNothing = !hasContent && event.finishReason === null && event.usage === null;
  if (saysNothing && (isOpening || repeated > 0)) return [];
  return [{ ...event, text, hasContent, sse: { ...event.sse, data: JSON.stringify({ ...chunk, ...envelope }) } }];
}

function lengthInCommon(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
