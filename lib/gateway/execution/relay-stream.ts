import type { AttemptRecord } from "../contract/invocation.ts";
import { GatewayError } from "../errors.ts";
import type { ProviderFailure } from "../failures.ts";
import type { StreamEvent } from "../ports.ts";
import { openAiErrorBody } from "../wires/openai-errors.ts";
import { concludeFailure } from "./conclude-failure.ts";

const encoder = new TextEncoder();

interface RelayInput {
  events: AsyncIterable<StreamEvent>;
  /** Filled in as the stream goes: first token, usage, how it ended. */
  attempt: AttemptRecord;
  attempts: readonly AttemptRecord[];
  /** Milliseconds since the attempt began. */
  elapsedMs(): number;
  signal: AbortSignal;
  /** Called once, however the stream ends; the error is what the caller was told inside the stream. */
  onEnd(error: GatewayError | null): void;
}

/**
 * Sends a provider's events on as they come. It ends with `[DONE]` only when the answer is whole: a broken one ends
 * with one error event. A caller that leaves early stops the provider's call with it.
 */
export async function* relayStream(input: RelayInput): AsyncGenerator<Uint8Array> {
  const { attempt } = input;
  let hasFinished = false;
  let isDone = false;
  let failure: ProviderFailure | null = null;
  let isAbandoned = true;
  try {
    for await (const event of input.events) {
      if (event.hasContent) attempt.firstTokenMs ??= input.elapsedMs();
      if (event.usage !== null) attempt.usage = event.usage;
      if (event.finishReason !== null) hasFinished = true;
      if (event.failure !== null) {
        failure = event.failure;
        break;
      }
      if (event.data === "[DONE]") isDone = true;
      if (event.data !== null && !isDone) yield encode(event.data);
      if (isDone) break;
    }
    if (failure === null && !isDone && !hasFinished) failure = CUT_SHORT;
    isAbandoned = false;
    if (failure === null) yield encode("[DONE]");
    else if (!input.signal.aborted) yield encode(openAiErrorBody(conclude(input, failure)));
  } finally {
    settle(input, isAbandoned || input.signal.aborted, failure);
  }
}

function settle(input: RelayInput, hasCallerLeft: boolean, failure: ProviderFailure | null): void {
  const { attempt } = input;
  attempt.latencyMs = input.elapsedMs();
  if (hasCallerLeft) {
    attempt.status = "aborted";
    attempt.failureKind = "client-aborted";
    input.onEnd(new GatewayError("client_closed_request", "The caller closed the connection."));
  } else if (failure !== null) {
    input.onEnd(conclude(input, failure));
  } else {
    input.onEnd(null);
  }
}

function conclude({ attempt, attempts }: RelayInput, failure: ProviderFailure): GatewayError {
  attempt.status = "failed";
  attempt.failureKind = failure.kind;
  attempt.message = failure.message;
  return concludeFailure(failure, attempts);
}

const CUT_SHORT: ProviderFailure = {
  kind: "stream-interrupted",
  httpStatus: 200,
  message: "The provider's stream ended before the answer was complete.",
  code: null,
  param: null,
  retryAfterMs: null,
};

/** Every line of an event's data bears the field's name: a provider may send its JSON over several. */
function encode(data: string): Uint8Array {
  return encoder.encode(`data: ${data.replaceAll("\n", "\ndata: ")}\n\n`);
}
