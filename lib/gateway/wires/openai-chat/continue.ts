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

/** The second stream's chunks under the first one's id; what only opens it is left out. */
export function startJoin(opening: ServerSentEvent): (event: StreamEvent) => readonly StreamEvent[] {
  const { id, created } = JSON.parse(opening.data) as { id?: unknown; created?: unknown };
  return (event) => {
    if (event.sse === null || event.isEnd) return [event];
    const chunk = JSON.parse(event.sse.data) as { choices?: { delta?: Record<string, unknown> }[] };
    const delta = chunk.choices?.[0]?.delta;
    if (delta?.role !== undefined) {
      delete delta.role;
      const isOpeningOnly = !event.hasContent && event.finishReason === null && event.usage === null;
      if (isOpeningOnly) return [];
    }
    return [{ ...event, sse: { ...event.sse, data: JSON.stringify({ ...chunk, id, created }) } }];
  };
}
