import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { Provider, ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
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
        return withoutKey(account, await readAnswer(account, request, response));
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
    const answer = parseResponse(await response.readBody(), providerRequestId);
    if (answer.kind === "failure") return answer;
    return badResponse("The provider answered a streaming request without a stream.", providerRequestId);
  }
  const hasAskedForUs = entry.streamUsage === "on-request" && body.stream_options?.include_usage !== true;
  const events = parseStream({ bytes: response.stream(), hidesUsage: hasAskedForUs, signal });
  return { kind: "stream", events, providerRequestId };
}

/** Some providers repeat the key that they refuse: it must not reach a caller or the ledger. */
function withoutKey({ apiKey }: ProviderAccount, answer: ProviderAnswer): ProviderAnswer {
  if (apiKey === null || answer.kind === "answer") return answer;
  const clean = (failure: ProviderFailure): ProviderFailure => ({
    ...failure,
    message: failure.message.replaceAll(apiKey, "[key]"),
    code: failure.code?.replaceAll(apiKey, "[key]") ?? null,
    param: failure.param?.replaceAll(apiKey, "[key]") ?? null,
  });
  if (answer.kind === "failure") return { ...answer, failure: clean(answer.failure) };
  return { ...answer, events: cleanEvents(answer.events, clean) };
}

async function* cleanEvents(events: AsyncIterable<StreamEvent>, clean: (failure: ProviderFailure) => ProviderFailure) {
  for await (const event of events) yield event.failure === null ? event : { ...event, failure: clean(event.failure) };
}
