import type { ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "./account.ts";
import { withoutSecrets } from "./clean-answer.ts";
import { badResponse, mapErrorResponse, mapTransportError } from "./map-failure.ts";
import type { Transport, UpstreamRequest, UpstreamResponse } from "./transport.ts";

const decoder = new TextDecoder();

/** How a wire's answers are read. */
export interface WireReader {
  buildRequest(account: ProviderAccount, request: ProviderRequest): UpstreamRequest;
  parseResponse(body: Uint8Array, providerRequestId: string | null): ProviderAnswer;
  /** Null where the wire has no streams. */
  parseStream:
    | ((
        account: ProviderAccount,
        request: ProviderRequest,
        bytes: AsyncIterable<Uint8Array>,
      ) => AsyncIterable<StreamEvent>)
    | null;
}

/** One request to a provider that speaks the caller's wire. Faults are answers, never exceptions. */
export async function exchange(
  transport: Transport,
  account: ProviderAccount,
  request: ProviderRequest,
  reader: WireReader,
): Promise<ProviderAnswer> {
  try {
    const response = await transport.post(reader.buildRequest(account, request));
    return withoutSecrets(account, await readAnswer(account, request, response, reader));
  } catch (error) {
    return { kind: "failure", failure: mapTransportError(error, request.signal), providerRequestId: null };
  }
}

async function readAnswer(
  account: ProviderAccount,
  request: ProviderRequest,
  response: UpstreamResponse,
  { parseResponse, parseStream }: WireReader,
): Promise<ProviderAnswer> {
  const providerRequestId = readRequestId(response);
  if (response.status !== 200) {
    const text = decoder.decode(await response.readBody());
    return { kind: "failure", failure: mapErrorResponse(response.status, text, response.header), providerRequestId };
  }
  if (!request.isStream || parseStream === null) return parseResponse(await response.readBody(), providerRequestId);
  const contentType = response.header("content-type") ?? "";
  if (/json|html/.test(contentType)) {
    const answer = parseResponse(await response.readBody(), providerRequestId);
    if (answer.kind === "failure") return answer;
    return badResponse("The provider answered a streaming request without a stream.", providerRequestId);
  }
  return { kind: "stream", events: parseStream(account, request, response.stream()), providerRequestId };
}

function readRequestId({ header }: UpstreamResponse): string | null {
  return header("x-request-id") ?? header("request-id") ?? header("apim-request-id") ?? null;
}
