import type { LanguageModelV4ToolCall, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import type { AnswerContext, AnswerPart } from "../codec.ts";
import { mapFinishReason } from "../map-finish-reason.ts";
import { mapUsage } from "../map-usage.ts";
import { readSeal } from "../part-marks.ts";
import { keepThought } from "./kept-thought.ts";
import { addImage, type OpenCall, type OpenReasoning, openCall, openMessage, openReasoning } from "./open-items.ts";
import { createOutput, type OpenItem, type Output, type ResponseEvent } from "./output.ts";
import { asResponseUsage, describeResponse, type OutputItem, type ResponseState } from "./response.ts";

export interface Answer {
  /** The events that one part of the answer makes. */
  write(part: AnswerPart): ResponseEvent[];
}

type Finish = Extract<AnswerPart, { type: "finish" }>;
type Metadata = SharedV4ProviderMetadata | undefined;

/** What is being written, by the library's names for its parts. */
interface OpenItems {
  texts: Map<string, OpenItem>;
  thoughts: Map<string, OpenReasoning>;
  calls: Map<string, OpenCall>;
  /** Calls whose seals are written. */
  sealed: Set<string>;
}

/** An answer as this wire tells it: the same for a stream and for what is sent whole. */
export function openAnswer(context: AnswerContext): Answer {
  const output = createOutput(context.id);
  const open: OpenItems = { texts: new Map(), thoughts: new Map(), calls: new Map(), sealed: new Set() };
  let hasBegun = false;
  return {
    write(part) {
      if (!hasBegun) begin(output, context);
      hasBegun = true;
      if (part.type === "finish") finish(output, open, context, part);
      else writePart(output, open, context, part);
      return output.drain();
    },
  };
}

function begin(output: Output, context: AnswerContext): void {
  const response = describeResponse(context, { status: "in_progress", incomplete_details: null, output: [] });
  output.emit("response.created", { response });
  output.emit("response.in_progress", { response });
}

function writePart(
  output: Output,
  open: OpenItems,
  { target }: AnswerContext,
  part: Exclude<AnswerPart, Finish>,
): void {
  // A tool that the provider runs itself is its own business: nothing on this way asks for one.
  if ("providerExecuted" in part && part.providerExecuted) return;
  switch (part.type) {
    case "text-delta":
      if (part.delta !== "") take(open.texts, part.id, () => openMessage(output)).delta(part.delta);
      break;
    case "text-end":
      close(open.texts, part.id);
      break;
    case "reasoning-start":
    case "reasoning-delta":
    case "reasoning-end":
      writeThought(output, open, target.model, part);
      break;
    case "tool-input-start":
      sealCall(output, open, target.model, part.id, part.providerMetadata);
      open.calls.set(part.id, openCall(output, part.id, part.toolName));
      break;
    case "tool-input-delta":
      open.calls.get(part.id)?.delta(part.delta);
      break;
    case "tool-call":
      writeCall(output, open, target.model, part);
      break;
    case "file":
      if (part.mediaType.startsWith("image/") && part.data.type === "data") addImage(output, asBase64(part.data.data));
      break;
    default:
    // Sources, and what came of a provider's own tools.
  }
}

type ThoughtPart = Extract<AnswerPart, { type: "reasoning-start" | "reasoning-delta" | "reasoning-end" }>;

function writeThought(output: Output, { thoughts }: OpenItems, model: string, part: ThoughtPart): void {
  const seal = readSeal(part.providerMetadata);
  const delta = part.type === "reasoning-delta" ? part.delta : "";
  if (seal !== null || delta !== "") {
    const isNew = !thoughts.has(part.id);
    const thought = take(thoughts, part.id, () => openReasoning(output));
    thought.delta(delta);
    if (isNew || seal !== null) thought.keep(keepThought({ model, seal, callId: null }));
  }
  if (part.type === "reasoning-end") close(thoughts, part.id);
}

function writeCall(output: Output, open: OpenItems, model: string, part: LanguageModelV4ToolCall): void {
  const { toolCallId: id, toolName, input, providerMetadata } = part;
  if (!open.calls.has(id)) sealCall(output, open, model, id, providerMetadata);
  take(open.calls, id, () => openCall(output, id, toolName)).fill(input.trim() === "" ? "{}" : input);
  close(open.calls, id);
  // For where the call had begun before its seal was known.
  sealCall(output, open, model, id, providerMetadata);
}

/** A seal on a call travels in an item beside it: a call has no field for it. */
function sealCall(output: Output, { sealed }: OpenItems, model: string, callId: string, metadata: Metadata): void {
  const seal = readSeal(metadata);
  if (seal === null || sealed.has(callId)) return;
  sealed.add(callId);
  const thought = openReasoning(output);
  thought.keep(keepThought({ model, seal, callId }));
  thought.end();
}

function finish(output: Output, open: OpenItems, context: AnswerContext, part: Finish): void {
  for (const items of [open.thoughts, open.texts, open.calls]) for (const id of [...items.keys()]) close(items, id);
  const reason = mapFinishReason(part.finishReason);
  const cut = reason === "length" ? "max_output_tokens" : reason === "content-filter" ? "content_filter" : null;
  const usage = mapUsage(part.usage);
  const state: ResponseState = {
    status: cut === null ? "completed" : "incomplete",
    incomplete_details: cut === null ? null : { reason: cut },
    output: cut === null ? output.items : output.items.map(markCut),
    ...(usage !== null && { usage: asResponseUsage(usage) }),
  };
  output.emit(`response.${state.status}`, { response: describeResponse(context, state) });
}

/** The last item is the one that is not whole. */
function markCut(item: OutputItem, index: number, { length }: readonly OutputItem[]): OutputItem {
  return index === length - 1 && item.type !== "image_generation_call" ? { ...item, status: "incomplete" } : item;
}

function take<Item>(items: Map<string, Item>, id: string, make: () => Item): Item {
  const known = items.get(id);
  if (known !== undefined) return known;
  const made = make();
  items.set(id, made);
  return made;
}

function close(items: Map<string, OpenItem>, id: string): void {
  items.get(id)?.end();
  items.delete(id);
}

function asBase64(data: string | Uint8Array): string {
  return typeof data === "string" ? data : Buffer.from(data).toString("base64");
}
