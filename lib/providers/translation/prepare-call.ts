import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "./codec.ts";
import { preparePrompt } from "./prepare-prompt.ts";

/** A call in the form that a target takes. Throws for what its library would leave out without a word. */
export function prepareCall(
  options: LanguageModelV4CallOptions,
  target: TranslationTarget,
): LanguageModelV4CallOptions {
  const { kind, model } = target;
  const isOneAtATime = options.providerOptions?.anthropic?.disableParallelToolUse === true;
  if (kind === "amazon-bedrock" && isOneAtATime && !/claude|anthropic/.test(model)) {
    throw new TranslationError("unsupported", "only Claude models are told there to call one tool at a time.", "tools");
  }
  const hasPenalty = options.presencePenalty !== undefined || options.frequencyPenalty !== undefined;
  if (kind === "google" && hasPenalty && /(^|\/)gemini-2\.5/.test(model)) {
    const param = options.presencePenalty === undefined ? "frequency_penalty" : "presence_penalty";
    throw new TranslationError("unsupported", `${model} takes no penalties over Gemini's own API.`, param);
  }
  return { ...options, prompt: preparePrompt(kind, options.prompt) };
}
