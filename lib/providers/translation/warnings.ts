import type { SharedV4Warning } from "@ai-sdk/provider";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { unsupported } from "./map-thrown.ts";

/**
 * What a library left out of a request although it was asked for; null: nothing that matters. The plan should have
 * passed over such a target; where it could not know, the next one is tried rather than an answer to half a request.
 */
export function findDropped(warnings: readonly SharedV4Warning[]): ProviderFailure | null {
  for (const warning of warnings) {
    if (warning.type !== "unsupported" || isHarmless(warning)) continue;
    const details = warning.details === undefined ? "" : ` (${warning.details})`;
    return unsupported(
      `\`${warning.feature}\` would have been left out${details}.`,
      FIELDS.get(warning.feature) ?? null,
    );
  }
  return null;
}

/** The callers' names for what the libraries call otherwise, the same in every wire. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["temperature", "temperature"],
  ["topP", "top_p"],
  ["topK", "top_k"],
  ["seed", "seed"],
  ["presencePenalty", "presence_penalty"],
  ["frequencyPenalty", "frequency_penalty"],
]);

/** Hints, which change nothing about the answer; and limits beyond what the model could ever reach. */
function isHarmless({ feature, details = "" }: { feature: string; details?: string | undefined }): boolean {
  if (/^cache|serviceTier|promptCache/.test(feature)) return true;
  return feature === "maxOutputTokens" && details.includes("have been limited to");
}
