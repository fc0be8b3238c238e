import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { badResponse } from "../map-failure.ts";
import { mapUsage } from "./map-usage.ts";
import { findFailure, type ResponseObject, readFinishReason } from "./read-response.ts";

const decoder = new TextDecoder();

/** A 200's body: the provider's own bytes go to the caller, we only read what the ledger needs. */
export function parseResponse(body: Uint8Array, providerRequestId: string | null): ProviderAnswer {
  let response: ResponseObject | null;
  try {
    response = JSON.parse(decoder.decode(body)) as ResponseObject | null;
  } catch {
    return badResponse("The provider's answer is not JSON.", providerRequestId);
  }
  const failure = findFailure(response ?? {});
  if (failure !== null) return { kind: "failure", failure, providerRequestId };
  if (!Array.isArray(response?.output)) return badResponse("The provider's answer holds no output.", providerRequestId);
  return {
    kind: "answer",
    body,
    usage: mapUsage(response.usage),
    finishReason: readFinishReason(response),
    providerRequestId,
  };
}
