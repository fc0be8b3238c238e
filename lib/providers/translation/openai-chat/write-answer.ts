import type { LanguageModelV4Content, LanguageModelV4GenerateResult, LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { AnswerContext } from "../codec.ts";
import { readSeal } from "../part-marks.ts";
import { writeDetail } from "./reasoning-details.ts";
import { writeCallSeal, writeFile, writeFinishReason, writeSource, writeUsage } from "./write-parts.ts";

/** A whole answer as a chat completion. */
export function writeAnswer(result: LanguageModelV4GenerateResult, context: AnswerContext): unknown {
  const usage = writeUsage(result.usage);
  return {
    id: `chatcmpl-${context.id}`,
    object: "chat.completion",
    created: Math.floor(context.createdAtMs / 1000),
    model: context.target.model,
    choices: [
      {
        index: 0,
        message: writeMessage(result.content),
        logprobs: null,
        finish_reason: writeFinishReason(result.finishReason),
      },
    ],
    ...(usage !== undefined && { usage }),
  };
}

function writeMessage(content: readonly LanguageModelV4Content[]) {
  const texts = content.flatMap((part) => (part.type === "text" ? [part.text] : []));
  const calls = content.flatMap((part) =>
    part.type === "tool-call" && !part.providerExecuted ? [writeCall(part)] : [],
  );
  const sources = content.flatMap((part) => (part.type === "source" ? [writeSource(part)] : []));
  const annotations = sources.filter((source) => source !== null);
  return {
    role: "assistant",
    content: texts.length === 0 && calls.length > 0 ? null : texts.join(""),
    refusal: null,
    ...writeReasoning(content),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
    ...writeFiles(content),
  };
}

function writeCall(call: LanguageModelV4ToolCall) {
  return {
    id: call.toolCallId,
    type: "function",
    function: { name: call.toolName, arguments: call.input },
    ...writeCallSeal(call.providerMetadata),
  };
}

function writeReasoning(content: readonly LanguageModelV4Content[]) {
  const thoughts = content.filter((part) => part.type === "reasoning");
  if (thoughts.length === 0) return {};
  const isSealed = thoughts.some(({ providerMetadata }) => readSeal(providerMetadata) !== null);
  const details = thoughts.map((part, index) => writeDetail(part.text, part.providerMetadata, index));
  return {
    reasoning_content: thoughts.map(({ text }) => text).join(""),
    ...(isSealed && { reasoning_details: details }),
  };
}

function writeFiles(content: readonly LanguageModelV4Content[]) {
  const written = content.flatMap((part) => (part.type === "file" ? [writeFile(part)] : []));
  const images = written.flatMap((one) => one.images ?? []);
  const files = written.flatMap((one) => one.files ?? []);
  return { ...(images.length > 0 && { images }), ...(files.length > 0 && { files }) };
}
