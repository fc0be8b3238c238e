import type { LanguageModelV4Content, LanguageModelV4GenerateResult, LanguageModelV4Reasoning } from "@ai-sdk/provider";
import type { AnswerContext } from "../codec.ts";
import { readSeal } from "../part-marks.ts";
import { omitsThoughts, showsThoughts } from "./request.ts";
import { writeSignature } from "./thought-seal.ts";
import { noPlaceForFile, writeEnd, writeUsage } from "./write-parts.ts";

/** A whole answer as a message. Throws where it holds what a message has no place for. */
export function writeAnswer(result: LanguageModelV4GenerateResult, context: AnswerContext): unknown {
  const isCut = result.finishReason.unified === "length";
  return {
    id: `msg_${context.id}`,
    type: "message",
    role: "assistant",
    model: context.target.model,
    content: joinTexts(result.content.flatMap((part) => writeContent(part, context, isCut))),
    ...writeEnd(result.finishReason, result.providerMetadata),
    usage: writeUsage(result.usage),
  };
}

interface WrittenBlock {
  type: string;
  [field: string]: unknown;
}

function writeContent(part: LanguageModelV4Content, context: AnswerContext, isCut: boolean): WrittenBlock[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "reasoning":
      return showsThoughts(context.body) ? [writeThought(part, context)] : [];
    case "tool-call": {
      if (part.providerExecuted) return [];
      const { toolCallId: id, toolName: name, input } = part;
      return [{ type: "tool_use", id, name, input: readInput(input, isCut) }];
    }
    case "file":
      throw noPlaceForFile();
    default:
      return [];
  }
}

function writeThought({ text, providerMetadata }: LanguageModelV4Reasoning, context: AnswerContext): WrittenBlock {
  const seal = readSeal(providerMetadata);
  if (seal?.by === "anthropic" && seal.isRedacted) return { type: "redacted_thinking", data: seal.value };
  const thinking = omitsThoughts(context.body) ? "" : text;
  return { type: "thinking", thinking, signature: writeSignature(providerMetadata, context.target) };
}

/** Arguments are an object in this wire. What a limit cut off in the middle is none yet. */
function readInput(input: string, isCut: boolean): unknown {
  if (input.trim() === "") return {};
  try {
    return JSON.parse(input);
  } catch (error) {
    if (isCut) return {};
    throw error;
  }
}

/** Texts that follow each other are one: callers look for an answer's text in its first block. */
function joinTexts(blocks: readonly WrittenBlock[]): WrittenBlock[] {
  const joined: WrittenBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.type === "text" && last?.type === "text") last.text = `${last.text}${block.text}`;
    else joined.push({ ...block });
  }
  return joined;
}
