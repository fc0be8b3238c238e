import type { LanguageModelV4FinishReason, LanguageModelV4Usage, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import { TranslationError } from "../codec.ts";
import { mapFinishReason } from "../map-finish-reason.ts";
import { mapUsage } from "../map-usage.ts";

const STOP_REASONS = {
  stop: "end_turn",
  length: "max_tokens",
  "tool-calls": "tool_use",
  "content-filter": "refusal",
  // The wire knows no other end of a whole answer.
  other: "end_turn",
} as const satisfies Record<FinishReason, string>;

/** Ends that are finer than ours, where the provider itself speaks of them. */
const FINER_ENDS: ReadonlySet<string> = new Set(["stop_sequence", "model_context_window_exceeded", "pause_turn"]);

export function writeEnd(reason: LanguageModelV4FinishReason, metadata: SharedV4ProviderMetadata | undefined) {
  const { raw = "" } = reason;
  const sequence = metadata?.anthropic?.stopSequence ?? metadata?.amazonBedrock?.stopSequence;
  return {
    stop_reason: FINER_ENDS.has(raw) ? raw : STOP_REASONS[mapFinishReason(reason)],
    stop_sequence: typeof sequence === "string" ? sequence : null,
  };
}

/** In Anthropic's arithmetic: cached tokens are no part of `input_tokens`. It knows no answer without a count. */
export function writeUsage(counted: LanguageModelV4Usage | null) {
  const usage = counted === null ? null : mapUsage(counted);
  const cacheRead = usage?.cachedInputTokens ?? 0;
  const cacheWrite = usage?.cacheWriteTokens ?? 0;
  const reasoning = usage?.reasoningTokens ?? 0;
  return {
    input_tokens: Math.max(0, (usage?.inputTokens ?? 0) - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: usage?.outputTokens ?? 0,
    ...(reasoning > 0 && { output_tokens_details: { thinking_tokens: reasoning } }),
  };
}

/** A picture that the model drew, say: left out, half of the answer would be missing. */
export function noPlaceForFile(): TranslationError {
  return new TranslationError("unsupported", "its answer holds a file, for which Anthropic's wire has no place.", null);
}
