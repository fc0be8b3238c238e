import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { AnswerContext, AnswerPart, StreamWriter, WireEvent } from "../codec.ts";
import { createBlockQueue } from "./block-queue.ts";
import { showsThoughts } from "./request.ts";
import { noPlaceForFile, writeEnd, writeUsage } from "./write-parts.ts";
import { createThoughtWriter } from "./write-thoughts.ts";

type Part<Type extends AnswerPart["type"]> = Extract<AnswerPart, { type: Type }>;

/** An answer as a message's events. The first comes with the first content: nothing is seen of a target that breaks before. */
export function openStream(context: AnswerContext): StreamWriter {
  const write = createWriter(context);
  let hasBegun = false;
  return {
    write(part) {
      const events = write(part);
      if (hasBegun || events.length === 0) return events;
      hasBegun = true;
      return [writeStart(context), ...events];
    },
  };
}

/** Who answers is known from the start, what it costs only at the end: `message_delta` says it. */
function writeStart({ id, target }: AnswerContext): WireEvent {
  const message = {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model: target.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: writeUsage(null),
  };
  return event("message_start", { message });
}

function event(type: string, fields: object): WireEvent {
  return { event: type, data: JSON.stringify({ type, ...fields }) };
}

function createWriter(context: AnswerContext): (part: AnswerPart) => WireEvent[] {
  const blocks = createBlockQueue();
  const thoughts = createThoughtWriter(blocks, context);
  const isShown = showsThoughts(context.body);
  const argumentsOf = new Set<string>();
  /** The text block that is open, if any. It is closed by what comes after it: until then another text joins it. */
  let text: string | null = null;
  let texts = 0;

  const closeText = (): WireEvent[] => {
    const events = text === null ? [] : blocks.end(text);
    text = null;
    return events;
  };
  const addText = (delta: string): WireEvent[] => {
    const events = thoughts.close();
    if (text === null) {
      text = `text ${texts}`;
      texts += 1;
      events.push(...blocks.open(text, { type: "text", text: "" }));
    }
    return [...events, ...blocks.add(text, { type: "text_delta", text: delta })];
  };
  const openCall = (id: string, name: string): WireEvent[] => [
    ...thoughts.close(),
    ...closeText(),
    ...blocks.open(id, { type: "tool_use", id, name, input: {} }),
  ];
  const addArguments = (id: string, delta: string): WireEvent[] => {
    if (delta === "" || !blocks.has(id)) return [];
    argumentsOf.add(id);
    return blocks.add(id, { type: "input_json_delta", partial_json: delta });
  };
  /** What is still missing of a call: all of it, arguments that came in no piece; often nothing. */
  const finishCall = ({ toolCallId: id, toolName, input }: LanguageModelV4ToolCall): WireEvent[] => [
    ...(blocks.has(id) ? [] : openCall(id, toolName)),
    ...(argumentsOf.has(id) ? [] : addArguments(id, input)),
    ...blocks.end(id),
  ];
  const finish = ({ finishReason, providerMetadata, usage }: Part<"finish">): WireEvent[] => [
    ...thoughts.close(),
    ...blocks.endAll(),
    event("message_delta", { delta: writeEnd(finishReason, providerMetadata), usage: writeUsage(usage) }),
    event("message_stop", {}),
  ];

  return (part) => {
    switch (part.type) {
      case "text-delta":
        return part.delta === "" ? [] : addText(part.delta);
      case "reasoning-start":
      case "reasoning-delta":
      case "reasoning-end":
        return isShown ? [...closeText(), ...thoughts.add(part)] : [];
      case "tool-input-start":
        return part.providerExecuted ? [] : openCall(part.id, part.toolName);
      case "tool-input-delta":
        return addArguments(part.id, part.delta);
      case "tool-call":
        return part.providerExecuted ? [] : finishCall(part);
      case "file":
        throw noPlaceForFile();
      case "finish":
        return finish(part);
      default:
        return [];
    }
  };
}
