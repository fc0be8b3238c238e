import type { LanguageModelV4Content, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import type { AnswerContext, AnswerPart } from "../codec.ts";
import { openAnswer } from "./open-answer.ts";

/** A whole answer as a response: the one that its stream would have ended with. */
export function fromResult(result: LanguageModelV4GenerateResult, context: AnswerContext): unknown {
  const answer = openAnswer(context);
  const { content, finishReason, usage } = result;
  for (const [index, one] of content.entries()) for (const part of asParts(one, String(index))) answer.write(part);
  const last = answer.write({ type: "finish", finishReason, usage }).at(-1) as unknown as { response: unknown };
  return last.response;
}

function asParts(content: LanguageModelV4Content, id: string): AnswerPart[] {
  switch (content.type) {
    case "text":
      return [
        { type: "text-delta", id, delta: content.text },
        { type: "text-end", id },
      ];
    case "reasoning": {
      const { text: delta, providerMetadata } = content;
      return [
        { type: "reasoning-delta", id, delta, providerMetadata },
        { type: "reasoning-end", id },
      ];
    }
    default:
      return [content];
  }
}
