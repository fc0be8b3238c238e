import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { badResponse, mapErrorObject } from "../map-failure.ts";
import { mapFinishReason } from "./map-finish-reason.ts";
import { mapUsage } from "./map-usage.ts";

interface Completion {
  choices?: ({ finish_reason?: string | null } | null)[];
  usage?: unknown;
  error?: unknown;
}

/** A 200's body: the provider's own bytes go to the caller, we only read what the ledger needs. */
export function parseResponse(body: Uint8Array, providerRequestId: string | null): ProviderAnswer {
  let completion: Completion | null;
  try {
    completion = JSON.parse(textOf(body)) as Completion | null;
  } catch {
    return badResponse("The provider's answer is not JSON.", providerRequestId);
  }
  if (completion?.error !== undefined && completion.error !== null) {
    return { kind: "failure", failure: mapErrorObject(completion), providerRequestId };
  }
  if (!Array.isArray(completion?.choices) || completion.choices.length === 0) {
    return badResponse("The provider's answer holds no completion.", providerRequestId);
  }
  // An empty text is Snowflake's way to name no reason: its answers are whole.
  if (completion.choices.some((choice) => typeof choice?.finish_reason !== "string")) {
    return badResponse("The provider's answer does not say how it ended.", providerRequestId);
  }
  return {
    kind: "answer",
    body,
    usage: mapUsage(completion.usage),
    finishReason: mapFinishReason(completion.choices[0]?.finish_reason),
    providerRequestId,
  };
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}
