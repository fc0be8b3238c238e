import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { wireHeaders, wireUrl } from "../request-parts.ts";
import { spliceJson } from "../splice-json.ts";
import type { UpstreamRequest } from "../transport.ts";
import { withoutForeignThoughts } from "./foreign-thoughts.ts";

/** What callers speak who do not say: the only version there has been since. */
const DEFAULT_VERSION = "2023-06-01";

/** The caller's own bytes with the model's name, and the version and betas that they ask for. */
export function buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest {
  const { wire, body, source, edits, model, passHeaders, isStream, signal } = request;
  const beta = passHeaders["anthropic-beta"];
  const messages = withoutForeignThoughts(body, source);
  return {
    url: wireUrl(account, wire, model),
    headers: {
      ...wireHeaders(account, isStream),
      "anthropic-version": passHeaders["anthropic-version"] ?? DEFAULT_VERSION,
      ...(beta !== undefined && { "anthropic-beta": beta }),
    },
    body: spliceJson(source, { ...edits, ...(messages !== undefined && { messages }), model }),
    isStream,
    signal,
  };
}
