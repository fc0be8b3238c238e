import type { Provider, ProviderAnswer, ProviderRequest } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import type { Transport, UpstreamResponse } from "../transport.ts";
import { buildRequest } from "./build-request.ts";
import { badResponse, mapErrorResponse, mapTransportError } from "./map-failure.ts";
import { parseResponse } from "./parse-response.ts";
import { parseStream } from "./parse-stream.ts";

const decoder = new TextDecoder();

/** An account that speaks OpenAI's chat wire. */
export function createOpenAiProvider(account: ProviderAccount, transport: Transport): Provider {
  return {
    async chat(request) {
      let response: UpstreamResponse;
      try {
        response = await transport.post(buildRequest(account, request));
        return await readAnswer(account, request, response);
      } catch (error) {
        return { kind: "failure", failure: mapTransportError(error, request.signal), providerRequestId: null };
      }
    },
  };
}

async function readAnswer(
  { entry }: ProviderAccount,
  { body, isStream, signal }: ProviderRequest,
  response: UpstreamResponse,
): Promise<ProviderAnswer> {
  const providerRequestId = response.header("x-request-id") ?? response.header("apim-request-id") ?? null;
  if (response.status !== 200) {
    const text = decoder.decode(await response.readBody());
    return { kind: "failure", failure: mapErrorResponse(response.status, text, response.header), providerRequestId };
  }
  if (!isStream) return parseResponse(await response.readBody(), providerRequestId);
  if (response.header("content-type")?.includes("json") === true) {
    return badResponse("The provider answered a streaming request without a stream.", providerRequestId);
  }
  const hasAskedForUs = entry.streamUsage === "on-request" && body.stream_options?.include_usage !== true;
  const events = parseStream({ bytes: response.stream(), hidesUsage: hasAskedForUs, signal });
  return { kind: "stream", events, providerRequestId };
}
