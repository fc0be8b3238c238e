import type { ErrorCode, GatewayError } from "../../errors.ts";
import type { ServerSentEvent } from "../wire.ts";

/** The `type` that Anthropic's clients know for each of our codes. */
const ANTHROPIC_TYPE = {
  invalid_request: "invalid_request_error",
  context_length_exceeded: "invalid_request_error",
  content_filter: "invalid_request_error",
  invalid_api_key: "authentication_error",
  not_allowed: "permission_error",
  residency_violation: "permission_error",
  function_not_found: "not_found_error",
  model_not_found: "not_found_error",
  not_found: "not_found_error",
  method_not_allowed: "invalid_request_error",
  request_too_large: "request_too_large",
  no_route: "invalid_request_error",
  rate_limit_exceeded: "rate_limit_error",
  client_closed_request: "api_error",
  internal_error: "api_error",
  all_targets_failed: "api_error",
  upstream_timeout: "timeout_error",
} as const satisfies Record<ErrorCode, string>;

/** An error's body in Anthropic's shape, for an answer or for the last event of a broken stream. */
export function errorBody(error: GatewayError, requestId: string): string {
  return JSON.stringify({
    type: "error",
    error: {
      type: typeOf(error),
      message: error.message,
      code: error.code,
      param: error.param,
      ...(error.attempts && { attempts: error.attempts }),
    },
    request_id: requestId,
  });
}

export function errorEvent(error: GatewayError, requestId: string): ServerSentEvent {
  return { event: "error", data: errorBody(error, requestId) };
}

/** Clients wait longer after an overload than after any other failure, so they are told when it was nothing else. */
function typeOf({ code, attempts }: GatewayError): string {
  const isOverloaded = attempts !== null && attempts.length > 0 && attempts.every(({ kind }) => kind === "overloaded");
  return code === "all_targets_failed" && isOverloaded ? "overloaded_error" : ANTHROPIC_TYPE[code];
}
