import type { StreamEvent } from "../../ports.ts";
import type { ServerSentEvent } from "../wire.ts";

/** What a joined stream reads of an event. */
interface MessageEvent {
  type?: unknown;
  index?: unknown;
  content_block?: { type?: unknown };
  delta?: { type?: unknown; text?: unknown };
}

/** The block that the broken stream left open: only an answer that is nothing but one text is taken up elsewhere. */
const OPEN_INDEX = 0;

/**
 * The events of the target that goes on, as part of the stream that the first one began: without a second opening, its
 * first text in the block that is still open. `text` is what the caller has.
 */
export function startJoin(_opening: ServerSentEvent, text: string): (event: StreamEvent) => StreamEvent[] {
  let repeatable = text.slice(text.trimEnd().length);
  let shift = 0;
  return (event) => {
    const said = read(event);
    if (said.type === "message_start") return [];
    if (said.type === "content_block_start" && said.index === OPEN_INDEX) {
      if (said.content_block?.type === "text") return [];
      // It had nothing to add to the text: the open block ends here, and its own comes after.
      shift = 1;
      return [closeBlock(event), shiftIndex(event, said, shift)];
    }
    if (shift > 0 && typeof said.index === "number") return [shiftIndex(event, said, shift)];
    if (repeatable === "" || typeof said.delta?.text !== "string") return [event];
    const repeated = lengthRepeated(said.delta.text, repeatable);
    const isAllRepeated = repeated === said.delta.text.length;
    repeatable = isAllRepeated ? repeatable.slice(repeated) : "";
    return isAllRepeated ? [] : [withoutFirst(event, said, repeated)];
  };
}

function read({ sse }: StreamEvent): MessageEvent {
  if (sse === null) return {};
  try {
    const value: unknown = JSON.parse(sse.data);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Whitespace at the end of a text could not be sent: as much of it as comes back is already there. */
function lengthRepeated(text: string, repeatable: string): number {
  let length = 0;
  while (length < text.length && text[length] === repeatable[length]) length += 1;
  return length;
}

function withoutFirst(event: StreamEvent, said: MessageEvent, length: number): StreamEvent {
  if (length === 0) return event;
  const text = event.text.slice(length);
  return { ...rewrite(event, { ...said, delta: { ...said.delta, text } }), text };
}

function shiftIndex(event: StreamEvent, said: MessageEvent, shift: number): StreamEvent {
  return rewrite(event, { ...said, index: (said.index as number) + shift });
}

function rewrite(event: StreamEvent, said: MessageEvent): StreamEvent {
  return { ...event, sse: { event: event.sse?.event ?? null, data: JSON.stringify(said) } };
}

function closeBlock(event: StreamEvent): StreamEvent {
  const data = JSON.stringify({ type: "content_block_stop", index: OPEN_INDEX });
  return { ...event, sse: { event: "content_block_stop", data }, hasContent: false, text: "" };
}
