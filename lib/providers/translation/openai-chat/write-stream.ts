import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { AnswerContext, AnswerPart, StreamWriter, WireEvent } from "../codec.ts";
import { writeSeal } from "./reasoning-details.ts";
import { writeCallSeal, writeFile, writeFinishReason, writeSource, writeUsage } from "./write-parts.ts";

type Part<Type extends AnswerPart["type"]> = Extract<AnswerPart, { type: Type }>;

/** An answer as a completion's chunks. The first comes with the first content: nothing is seen of a target that breaks before. */
export function openStream(context: AnswerContext): StreamWriter {
  const write = createChunks(context);
  const calls = createCalls();
  const thoughts = createThoughts();
  const deltaOf = (part: AnswerPart): object | null => {
    switch (part.type) {
      case "text-delta":
        return part.delta === "" ? null : { content: part.delta };
      case "reasoning-start":
      case "reasoning-delta":
      case "reasoning-end":
        return thoughts.add(part);
      case "tool-input-start":
        return part.providerExecuted ? null : calls.start(part);
      case "tool-input-delta":
        return calls.add(part);
      case "tool-call":
        return part.providerExecuted ? null : calls.finish(part);
      case "source": {
        const annotation = writeSource(part);
        return annotation === null ? null : { annotations: [annotation] };
      }
      case "file":
        return writeFile(part);
      default:
        return null;
    }
  };
  return {
    write(part) {
      if (part.type === "finish") return write.end(part);
      const delta = deltaOf(part);
      return delta === null ? [] : write.chunk(delta);
    },
  };
}

function createChunks({ body, id, createdAtMs, target }: AnswerContext) {
  const options = body.stream_options as { include_usage?: unknown } | null | undefined;
  const showsUsage = options?.include_usage === true;
  const head = {
    id: `chatcmpl-${id}`,
    object: "chat.completion.chunk",
    created: Math.floor(createdAtMs / 1000),
    model: target.model,
  };
  const event = (fields: object): WireEvent => ({
    event: null,
    data: JSON.stringify({ ...head, ...(showsUsage && { usage: null }), ...fields }),
  });
  const choice = (delta: object, finish_reason: string | null = null) =>
    event({ choices: [{ index: 0, delta, logprobs: null, finish_reason }] });
  let hasBegun = false;
  const opening = (): WireEvent[] => {
    if (hasBegun) return [];
    hasBegun = true;
    return [choice({ role: "assistant", content: "", refusal: null })];
  };
  return {
    chunk: (delta: object): WireEvent[] => [...opening(), choice(delta)],
    end({ finishReason, usage: counted }: Part<"finish">): WireEvent[] {
      const usage = showsUsage ? writeUsage(counted) : undefined;
      return [
        ...opening(),
        choice({}, writeFinishReason(finishReason)),
        ...(usage === undefined ? [] : [event({ choices: [], usage })]),
        { event: null, data: "[DONE]" },
      ];
    },
  };
}

/** Calls under the numbers that the wire gives them, in the order in which they began. */
function createCalls() {
  const open = new Map<string, { index: number; hasArguments: boolean; isSealed: boolean }>();
  const begin = (id: string, name: string, input: string, seal: object) => {
    const index = open.size;
    open.set(id, { index, hasArguments: input !== "", isSealed: "extra_content" in seal });
    return { tool_calls: [{ index, id, type: "function", function: { name, arguments: input }, ...seal }] };
  };
  return {
    start: (part: Part<"tool-input-start">) => begin(part.id, part.toolName, "", writeCallSeal(part.providerMetadata)),
    add({ id, delta }: Part<"tool-input-delta">) {
      const call = open.get(id);
      if (call === undefined || delta === "") return null;
      call.hasArguments = true;
      return { tool_calls: [{ index: call.index, function: { arguments: delta } }] };
    },
    /** What is still missing of a call: all of it, arguments that came in no piece, its seal; often nothing. */
    finish({ toolCallId, toolName, input, providerMetadata }: LanguageModelV4ToolCall) {
      const seal = writeCallSeal(providerMetadata);
      const call = open.get(toolCallId);
      if (call === undefined) return begin(toolCallId, toolName, input, seal);
      const missingSeal = call.isSealed ? {} : seal;
      const isComplete = call.hasArguments && !("extra_content" in missingSeal);
      if (isComplete) return null;
      const missing = call.hasArguments ? {} : { function: { arguments: input } };
      return { tool_calls: [{ index: call.index, ...missing, ...missingSeal }] };
    },
  };
}

type ReasoningPart = Part<"reasoning-start"> | Part<"reasoning-delta"> | Part<"reasoning-end">;

function createThoughts() {
  /** By the part's id: its number, and the seal that has been sent; some repeat it with every piece. */
  const seen = new Map<string, { index: number; seal: string }>();
  return {
    add(part: ReasoningPart): object | null {
      const thought = seen.get(part.id) ?? { index: seen.size, seal: "" };
      seen.set(part.id, thought);
      const text = part.type === "reasoning-delta" ? part.delta : "";
      const detail = writeSeal(part.providerMetadata, thought.index);
      const seal = JSON.stringify(detail);
      const isNew = detail !== null && seal !== thought.seal;
      if (isNew) thought.seal = seal;
      if (text === "" && !isNew) return null;
      return { ...(text !== "" && { reasoning_content: text }), ...(isNew && { reasoning_details: [detail] }) };
    },
  };
}
