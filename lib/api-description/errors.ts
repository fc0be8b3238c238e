import type { ErrorCode } from "#lib/gateway/errors.ts";
import type { ServiceErrorCode } from "#lib/services/errors.ts";

/** When the management API answers with each of its codes. */
export const MANAGEMENT_ERRORS = {
  invalid_request: "A field is wrong, unknown or given twice (`fields` says which), or the body is not JSON.",
  not_signed_in: "Neither an API key nor a session came with the request.",
  invalid_api_key: "The key is unknown, revoked or expired.",
  not_allowed: "The role or the key does not have the permission. The message names it.",
  not_found: "There is no such tenant, or who asks does not belong to it.",
  method_not_allowed: "There is no such method here.",
  conflict: "Somebody else was faster, or it first has to be confirmed. The message says which.",
  request_too_large: "The body is over 1 MB.",
  rate_limit_exceeded: "Too many of these in a short time. `retry-after` says when to try again.",
  internal_error: "A fault of ours. Try again, or quote the request id.",
} as const satisfies Record<ServiceErrorCode, string>;

/** When a call is answered with each code. */
export const CALL_ERRORS = {
  invalid_request:
    "The body is not JSON, a field is wrong, or no target can do what a field asks for: `param` names it.",
  context_length_exceeded: "The request is longer than every model of the chain takes.",
  content_filter: "The provider's content filter refused it.",
  invalid_api_key: "The key is missing, unknown, revoked or expired.",
  not_allowed: "The key may not call this function, or no models by name.",
  residency_violation: "No target lies inside the tenant's residency rule.",
  function_not_found: "There is no function of that name.",
  model_not_found: "There is no model of that name.",
  not_found: "There is nothing at this path.",
  method_not_allowed: "There is no such method here.",
  request_too_large: "The body is over 20 MB.",
  no_route: "The function has no usable target. The message says what to configure.",
  rate_limit_exceeded: "Every target that could answer asks to be left alone for a while.",
  client_closed_request: "The caller left before there was an answer. Only ever on record.",
  internal_error: "A fault of ours. Quote the request id.",
  all_targets_failed: "Every target was tried and failed: `error.attempts` lists them.",
  upstream_timeout: "No target answered in time.",
} as const satisfies Record<ErrorCode, string>;
