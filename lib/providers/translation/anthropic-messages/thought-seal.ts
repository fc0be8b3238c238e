import type { LanguageModelV4ReasoningPart, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import { MESSAGES_MARK, readKeptSignature } from "#lib/gateway/contract/kept-thought.ts";
import type { TranslationTarget } from "../codec.ts";
import { readSeal, type Seal, sealOptions } from "../part-marks.ts";
import type { ThinkingBlock } from "./request.ts";

/** The signature of a thought, for the caller to give back with the next turn. */
export function writeSignature(metadata: SharedV4ProviderMetadata | undefined, { model }: TranslationTarget): string {
  const seal = readSeal(metadata);
  if (seal?.by === "anthropic") return seal.value;
  return MESSAGES_MARK + Buffer.from(JSON.stringify(seal ?? { model })).toString("base64url");
}

/**
 * A thought of an earlier turn, for those who want it back: the provider that sealed it, or the very model that had it.
 * Null for everyone else.
 */
export function readThought(
  block: ThinkingBlock,
  { kind, model }: TranslationTarget,
): LanguageModelV4ReasoningPart | null {
  const { thinking: text, signature } = block;
  if (signature === undefined || signature === null || signature === "") return null;
  const foreign = signature.startsWith(MESSAGES_MARK) ? readKeptSignature(signature) : claudes(signature);
  if (foreign === null) return null;
  if ("model" in foreign) return foreign.model === model ? { type: "reasoning", text } : null;
  const options = sealOptions(kind, foreign);
  return options === undefined ? null : { type: "reasoning", text, providerOptions: options };
}

/** A thought that only Anthropic's own models can read. */
export function readRedacted(data: string, { kind }: TranslationTarget): LanguageModelV4ReasoningPart | null {
  const options = sealOptions(kind, { by: "anthropic", value: data, isRedacted: true, id: null });
  return options === undefined ? null : { type: "reasoning", text: "", providerOptions: options };
}

function claudes(signature: string): Seal {
  return { by: "anthropic", value: signature, isRedacted: false, id: null };
}
