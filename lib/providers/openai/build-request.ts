import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import type { UpstreamRequest } from "../transport.ts";

/** Azure's dated API; accounts on its undated one have a base URL that ends in `/openai/v1` and need none. */
const AZURE_API_VERSION = "2024-10-21";

/** The caller's body with the model's own name; usage is asked for in streams, or the call could not be priced. */
export function buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest {
  const { body, isStream, model, signal } = request;
  const upstream: Record<string, unknown> = { ...body, model };
  // Where usage comes by itself, the field that asks for it is unknown and refused.
  if (account.entry.streamUsage === "always") delete upstream.stream_options;
  else if (isStream) upstream.stream_options = { ...body.stream_options, include_usage: true };
  return {
    url: chatUrl(account, model),
    headers: buildHeaders(account, isStream),
    body: JSON.stringify(upstream),
    isStream,
    signal,
  };
}

function chatUrl({ entry, baseUrl }: ProviderAccount, model: string): string {
  if (entry.chatPath === "azure-deployment" && !baseUrl.endsWith("/v1")) {
    const deployment = encodeURIComponent(model);
    return `${baseUrl}/openai/deployments/${deployment}/chat/completions?api-version=${AZURE_API_VERSION}`;
  }
  return `${baseUrl}/chat/completions`;
}

function buildHeaders({ entry, apiKey }: ProviderAccount, isStream: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: isStream ? "text/event-stream" : "application/json",
    "user-agent": "switchyard",
  };
  if (apiKey !== null && entry.auth === "api-key") headers["api-key"] = apiKey;
  else if (apiKey !== null) headers.authorization = `Bearer ${apiKey}`;
  return headers;
}
