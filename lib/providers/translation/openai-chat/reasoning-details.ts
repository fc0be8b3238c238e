import type { LanguageModelV4ReasoningPart, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import { DETAIL_FORMATS, SEALERS } from "#lib/gateway/contract/kept-thought.ts";
import type { TranslationTarget } from "../codec.ts";
import { readSeal, type Seal, sealOptions } from "../part-marks.ts";
import type { Message, ReasoningDetail } from "./schema.ts";

/**
 * What a model thought, with its provider's seal: Claude wants it back with the results of its tools. OpenAI's wire has
 * no place for it; this is OpenRouter's, which clients know.
 */
export function writeDetail(text: string, metadata: SharedV4ProviderMetadata | undefined, index: number) {
  const seal = readSeal(metadata);
  const plain = { type: "reasoning.text", text, index };
  if (seal === null) return plain;
  const format = DETAIL_FORMATS[seal.by];
  if (!seal.isRedacted) return { ...plain, signature: seal.value, format };
  const sealed = { type: "reasoning.encrypted", data: seal.value, index, format };
  return seal.id === null ? sealed : { ...sealed, id: seal.id };
}

/** The seal alone, for the part of a stream that brings it. */
export function writeSeal(metadata: SharedV4ProviderMetadata | undefined, index: number) {
  if (readSeal(metadata) === null) return null;
  const { text: _, ...detail } = { text: "", ...writeDetail("", metadata, index) };
  return detail;
}

/** What a message of an earlier turn says that the model thought. A seal goes back to its own provider only. */
export function readReasoning(
  message: Extract<Message, { role: "assistant" }>,
  { kind }: TranslationTarget,
): LanguageModelV4ReasoningPart[] {
  const details = message.reasoning_details ?? [];
  const text = message.reasoning_content ?? message.reasoning ?? details.map(textOf).join("");
  const sealed = details.flatMap((detail): LanguageModelV4ReasoningPart[] => {
    const seal = toSeal(detail);
    const options = seal === null ? undefined : sealOptions(kind, seal);
    return options === undefined ? [] : [{ type: "reasoning", text: textOf(detail), providerOptions: options }];
  });
  if (sealed.length > 0) return sealed;
  return text === "" ? [] : [{ type: "reasoning", text }];
}

function textOf({ text, summary }: ReasoningDetail): string {
  return text ?? summary ?? "";
}

function toSeal({ format, signature, data, id }: ReasoningDetail): Seal | null {
  const by = SEALERS.find((sealer) => DETAIL_FORMATS[sealer] === format);
  const value = signature ?? data;
  if (by === undefined || value === undefined) return null;
  return { by, value, isRedacted: signature === undefined, id: id ?? null };
}
