import type { ProviderRequest } from "#lib/gateway/ports.ts";
import { type ProviderAccount, upstreamModel } from "../account.ts";
import { wireHeaders, wireUrl } from "../request-parts.ts";
import { spliceJson } from "../splice-json.ts";
import type { UpstreamRequest } from "../transport.ts";

/** The caller's own bytes with the model's name. */
export function buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest {
  const { edits, source, signal } = request;
  const model = upstreamModel(account, request.model);
  return {
    url: wireUrl(account, "openai-embeddings", model),
    headers: wireHeaders(account, false),
    body: spliceJson(source, { ...edits, model }),
    isStream: false,
    signal,
  };
}
