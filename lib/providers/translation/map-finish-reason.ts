import type { LanguageModelV4FinishReason } from "@ai-sdk/provider";
import type { FinishReason } from "#lib/gateway/contract/wire.ts";

/** How a whole answer ended. What `isInterrupted` says of never gets here. */
export function mapFinishReason({ unified }: LanguageModelV4FinishReason): FinishReason {
  return unified === "error" || unified === "interrupted" ? "other" : unified;
}

/** The library ends a stream that was cut as it ends a whole one: only the provider's missing word tells them apart. */
export function isInterrupted({ unified, raw }: LanguageModelV4FinishReason): boolean {
  return unified === "interrupted" || unified === "error" || (unified === "other" && raw === undefined);
}
