import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { badResponse, mapErrorObject } from "../map-failure.ts";
import { mapFinishReason } from "./map-finish-reason.ts";
import { mapUsage } from "./map-usage.ts";

interface Message {
  type?: unknown;
  content?: unknown;
  stop_reason?: string | null;
  usage?: unknown;
  input_tokens?: unknown;
  error?: unknown;
}

const decoder = new TextDecoder();

/** A 200's body: the provider's own bytes go to the caller, we only read what the ledger needs. */
export function parseResponse(body: Uint8Array, providerRequestId: string | null): ProviderAnswer {
  const message = readMessage(body, providerRequestId);
  if ("kind" in message) return message;
  if (!Array.isArray(message.content)) {
    return badResponse("The provider's answer holds no message.", providerRequestId);
  }
  const { usage, stop_reason: reason } = message;
  if (typeof reason !== "string")
    return badResponse("The provider's answer does not say how it ended.", providerRequestId);
  return {
    kind: "answer",
    body,
    usage: mapUsage(usage),
    finishReason: mapFinishReason(reason),
    providerRequestId,
  };
}

/** A count of tokens. Counting takes none itself. */
export function parseCount(body: Uint8Array, providerRequestId: string | null): ProviderAnswer {
  const message = readMessage(body, providerRequestId);
  if ("kind" in message) return message;
  if (typeof message.input_tokens !== "number") {
    return badResponse("The provider's answer holds no count of tokens.", providerRequestId);
  }
  return { kind: "answer", body, usage: null, finishReason: null, providerRequestId };
}

function readMessage(body: Uint8Array, providerRequestId: string | null): Message | ProviderAnswer {
  let message: Message | null;
  try {
    message = JSON.parse(decoder.decode(body)) as Message | null;
  } catch {
    return badResponse("The provider's answer is not JSON.", providerRequestId);
  }
  if (typeof message !== "object" || message === null) {
    return badResponse("The provider's answer is not a JSON object.", providerRequestId);
  }
  if (message.type === "error" || (message.error !== undefined && message.error !== null)) {
    return { kind: "failure", failure: mapErrorObject(message), providerRequestId };
  }
  return message;
}
