import type { LanguageModelV4FinishReason } from "@ai-sdk/provider";
import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { badResponse, CUT } from "./map-thrown.ts";

/** Ends that the libraries do not know, in providers' words. */
const ENDS: Readonly<Record<string, FinishReason>> = {
  eos_token: "stop",
  model_length: "length",
  model_context_window_exceeded: "length",
};

/** How a whole answer ended. */
export function mapFinishReason({ unified, raw = "" }: LanguageModelV4FinishReason): FinishReason {
  if (unified === "error" || unified === "interrupted" || unified === "other") return ENDS[raw] ?? "other";
  return unified;
}

/**
 * An end that is none; null: the answer is whole. A library ends a stream that was cut as it ends a whole one: only the
 * provider's missing word tells them apart.
 */
export function findBreak({ unified, raw }: LanguageModelV4FinishReason): ProviderFailure | null {
  if (unified !== "interrupted" && unified !== "error" && unified !== "other") return null;
  if (raw === undefined || raw === "" || unified === "interrupted") return CUT;
  const isBroken = unified === "error" || /malformed|error|abort|unspecified|^other$/i.test(raw);
  return isBroken ? badResponse(`The provider gave up its answer: ${raw}.`) : null;
}
