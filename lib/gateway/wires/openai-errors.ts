import type { ErrorCode, GatewayError } from "../errors.ts";

/** The `type` that OpenAI's clients know for each of our codes. */
const OPENAI_TYPE = {
  invalid_request: "invalid_request_error",
  context_length_exceeded: "invalid_request_error",
  content_filter: "invalid_request_error",
  invalid_api_key: "authentication_error",
  not_allowed: "permission_error",
  residency_violation: "permission_error",
  function_not_found: "invalid_request_error",
  model_not_found: "invalid_request_error",
  not_found: "invalid_request_error",
  method_not_allowed: "invalid_request_error",
  request_too_large: "invalid_request_error",
  no_route: "invalid_request_error",
  rate_limit_exceeded: "rate_limit_error",
  client_closed_request: "invalid_request_error",
  internal_error: "server_error",
  all_targets_failed: "server_error",
  upstream_timeout: "server_error",
} as const satisfies Record<ErrorCode, string>;

/** An error's body in OpenAI's shape, for an answer or for the last event of a broken stream. */
export function openAiErrorBody(error: GatewayError): string {
  return JSON.stringify({
    error: {
      message: error.message,
      type: OPENAI_TYPE[error.code],
      param: error.param,
      code: error.code,
      ...(error.attempts && { attempts: error.attempts }),
    },
  });
}

/** The headers that tell the official clients whether trying again can help. */
export function retryHeaders(error: GatewayError): Record<string, string> {
  if (error.retryAfterSeconds === null) return { "x-should-retry": "false" };
  return { "retry-after": String(error.retryAfterSeconds) };
}
