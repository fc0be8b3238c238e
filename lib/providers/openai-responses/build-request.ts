import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { renameDeveloper } from "../rename-developer.ts";
import { wireHeaders, wireUrl } from "../request-parts.ts";
import { spliceJson } from "../splice-json.ts";
import type { UpstreamRequest } from "../transport.ts";
import { withoutForeignThoughts } from "./foreign-thoughts.ts";

/** The caller's own bytes with the model's name. Usage comes unasked on this wire. */
export function buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest {
  const { body, edits, source, isStream, model, signal } = request;
  const known = withoutForeignThoughts(body, source);
  const input = renameDeveloper(account, "openai-responses", known ?? body.input) ?? known;
  return {
    url: wireUrl(account, "openai-responses", model),
    headers: wireHeaders(account, isStream),
    body: spliceJson(source, { ...edits, ...(input !== undefined && { input }), model }),
    isStream,
    signal,
  };
}
