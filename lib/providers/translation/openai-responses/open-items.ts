import type { OpenItem, Output } from "./output.ts";
import type { FunctionCallItem, MessageItem, OutputText, ReasoningItem, SummaryText } from "./response.ts";

/** The events of each kind of item, from its first to its last. */

export function openMessage(output: Output): OpenItem {
  const place = output.place("msg");
  const item: MessageItem = { type: "message", id: place.id, status: "in_progress", role: "assistant", content: [] };
  const asPart = (text: string): OutputText => ({ type: "output_text", text, annotations: [], logprobs: [] });
  let said = "";
  place.add(item);
  place.emit("response.content_part.added", { content_index: 0, part: asPart("") });
  return {
    delta(text) {
      said += text;
      place.emit("response.output_text.delta", { content_index: 0, delta: text, logprobs: [] });
    },
    end() {
      const part = asPart(said);
      place.emit("response.output_text.done", { content_index: 0, text: said, logprobs: [] });
      place.emit("response.content_part.done", { content_index: 0, part });
      place.done({ ...item, status: "completed", content: [part] });
    },
  };
}

export interface OpenReasoning extends OpenItem {
  /** What the item carries in `encrypted_content`. */
  keep(content: string): void;
}

export function openReasoning(output: Output): OpenReasoning {
  const place = output.place("rs");
  const item: ReasoningItem = { type: "reasoning", id: place.id, status: "in_progress", summary: [] };
  const asPart = (text: string): SummaryText => ({ type: "summary_text", text });
  let thought = "";
  let kept: string | null = null;
  place.add(item);
  return {
    delta(text) {
      if (text === "") return;
      if (thought === "") place.emit("response.reasoning_summary_part.added", { summary_index: 0, part: asPart("") });
      thought += text;
      place.emit("response.reasoning_summary_text.delta", { summary_index: 0, delta: text });
    },
    keep(content) {
      kept = content;
    },
    end() {
      if (thought !== "") {
        place.emit("response.reasoning_summary_text.done", { summary_index: 0, text: thought });
        place.emit("response.reasoning_summary_part.done", { summary_index: 0, part: asPart(thought) });
      }
      const summary = thought === "" ? [] : [asPart(thought)];
      place.done({ ...item, status: "completed", summary, ...(kept !== null && { encrypted_content: kept }) });
    },
  };
}

export interface OpenCall extends OpenItem {
  /** The arguments, for where they did not come piece by piece. */
  fill(text: string): void;
}

export function openCall(output: Output, callId: string, name: string): OpenCall {
  const place = output.place("fc");
  const item: FunctionCallItem = {
    type: "function_call",
    id: place.id,
    status: "in_progress",
    call_id: callId,
    name,
    arguments: "",
  };
  let said = "";
  const delta = (text: string) => {
    if (text === "") return;
    said += text;
    place.emit("response.function_call_arguments.delta", { delta: text });
  };
  place.add(item);
  return {
    delta,
    fill(text) {
      if (said === "") delta(text);
    },
    end() {
      place.emit("response.function_call_arguments.done", { name, arguments: said });
      place.done({ ...item, status: "completed", arguments: said });
    },
  };
}

/** A picture comes whole. */
export function addImage(output: Output, base64: string): void {
  const place = output.place("ig");
  place.add({ type: "image_generation_call", id: place.id, status: "in_progress", result: null });
  place.done({ type: "image_generation_call", id: place.id, status: "completed", result: base64 });
}
