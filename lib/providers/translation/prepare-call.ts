import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { TranslationKind } from "../registry/entry.ts";
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
  return { ...withoutDefaults(options, target), prompt: preparePrompt(kind, options.prompt) };
}

/**
 * Where both are 1 by default, saying so is saying nothing: but some of these models refuse to hear it, or to hear both,
 * and many clients always say it.
 */
function withoutDefaults(
  options: LanguageModelV4CallOptions,
  { kind, model }: TranslationTarget,
): LanguageModelV4CallOptions {
  if (!DEFAULTS_ARE_ONE.has(kind) && !(kind === "amazon-bedrock" && /claude|anthropic/.test(model))) return options;
  const unlessOne = (value: number | undefined) => (value === 1 ? undefined : value);
  return { ...options, temperature: unlessOne(options.temperature), topP: unlessOne(options.topP) };
}

const DEFAULTS_ARE_ONE: ReadonlySet<TranslationKind> = new Set(["anthropic", "openai-responses", "azure-openai"]);
