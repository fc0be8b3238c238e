import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { badResponse, mapErrorObject } from "../map-failure.ts";
import { mapUsage } from "../openai-chat/map-usage.ts";

interface Embeddings {
  data?: unknown;
  usage?: unknown;
  error?: unknown;
}

const decoder = new TextDecoder();

/** A 200's body: the provider's own bytes go to the caller, we only read what the ledger needs. */
export function parseResponse(body: Uint8Array, providerRequestId: string | null): ProviderAnswer {
  let answer: Embeddings | null;
  try {
    answer = JSON.parse(decoder.decode(body)) as Embeddings | null;
  } catch {
    return badResponse("The provider's answer is not JSON.", providerRequestId);
  }
  if (answer?.error !== undefined && answer.error !== null) {
    return { kind: "failure", failure: mapErrorObject(answer), providerRequestId };
  }
  if (!Array.isArray(answer?.data)) return badResponse("The provider's answer holds no embeddings.", providerRequestId);
  return { kind: "answer", body, usage: mapUsage(answer.usage), finishReason: null, providerRequestId };
}
