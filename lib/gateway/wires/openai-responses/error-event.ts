import type { GatewayError } from "../../errors.ts";
import { openAiErrorBody } from "../openai-errors.ts";
import type { ServerSentEvent } from "../wire.ts";

/** As OpenAI ends a stream that fails: the error's fields beside the event's type, numbered after the event before it. */
export function errorEvent(
  error: GatewayError,
  _requestId: string,
  last: ServerSentEvent | null = null,
): ServerSentEvent {
  const { message, param, code, attempts } = JSON.parse(openAiErrorBody(error)).error;
  const data = { type: "error", code, message, param, attempts, sequence_number: numberAfter(last) };
  return { event: "error", data: JSON.stringify(data) };
}

function numberAfter(last: ServerSentEvent | null): number {
  try {
    const { sequence_number: number } = JSON.parse(last?.data ?? "{}") as { sequence_number?: unknown };
    return Number.isSafeInteger(number) ? (number as number) + 1 : 0;
  } catch {
    return 0;
  }
}
