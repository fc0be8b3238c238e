import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { renameDeveloper } from "../rename-developer.ts";
import { wireHeaders, wireUrl } from "../request-parts.ts";
import { spliceJson } from "../splice-json.ts";
import type { UpstreamRequest } from "../transport.ts";

/** The caller's own bytes with the model's name; usage is asked for in streams, or the call could not be priced. */
export function buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest {
  const { body, edits, source, isStream, model, signal } = request;
  const changes: Record<string, unknown> = { ...edits, model };
  // Where usage comes by itself, the field that asks for it is unknown and refused.
  if (account.entry.wires["openai-chat"]?.streamUsage === "always") changes.stream_options = undefined;
  else if (isStream) changes.stream_options = { ...(body.stream_options as object | null), include_usage: true };
  const messages = renameDeveloper(account, "openai-chat", body.messages);
  if (messages !== undefined) changes.messages = messages;
  return {
    url: wireUrl(account, "openai-chat", model),
    headers: wireHeaders(account, isStream),
    body: spliceJson(source, changes),
    isStream,
    signal,
  };
}
