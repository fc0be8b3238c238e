import type { FailureKind } from "./failures.ts";

/** Every way in which a call can end badly, and its HTTP status: the outside contract's table. */
export const ERROR_STATUS = {
  invalid_request: 400,
  context_length_exceeded: 400,
  content_filter: 400,
  invalid_api_key: 401,
  not_allowed: 403,
  residency_violation: 403,
  function_not_found: 404,
  model_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  request_too_large: 413,
  no_route: 422,
  rate_limit_exceeded: 429,
  client_closed_request: 499,
  internal_error: 500,
  all_targets_failed: 502,
  upstream_timeout: 504,
} as const satisfies Record<string, number>;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a call ends with when every target failed in this way. */
export const FAILURE_CODE = {
  timeout: "upstream_timeout",
  network: "all_targets_failed",
  "egress-refused": "all_targets_failed",
  "rate-limited": "rate_limit_exceeded",
  overloaded: "all_targets_failed",
  "server-error": "all_targets_failed",
  "provider-auth": "all_targets_failed",
  "provider-quota": "all_targets_failed",
  "invalid-request": "invalid_request",
  unsupported: "invalid_request",
  "context-too-long": "context_length_exceeded",
  "content-filtered": "content_filter",
  "bad-response": "all_targets_failed",
  "stream-interrupted": "all_targets_failed",
  "client-aborted": "client_closed_request",
} as const satisfies Record<FailureKind, ErrorCode>;

/** One failed attempt, as the caller is told of it. */
export interface AttemptSummary {
  provider: string;
  model: string;
  kind: FailureKind;
  status: number | null;
  message: string;
  ms: number;
}

interface ErrorDetails {
  /** The request's field that is at fault. */
  param?: string | null;
  attempts?: readonly AttemptSummary[];
  /** Set when trying again later can help: the seconds to wait, at least 1. */
  retryAfterSeconds?: number;
}

/** An answer other than success, decided in the engine. `message` is for the caller: one sentence that helps. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly attempts: readonly AttemptSummary[] | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = "GatewayError";
    this.code = code;
    this.param = details.param ?? null;
    this.attempts = details.attempts ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** A fault of ours, of which the caller learns nothing but what to quote. */
export function internalError(requestId: string): GatewayError {
  return new GatewayError("internal_error", `Something went wrong on our side. Quote request ${requestId}.`, {
    retryAfterSeconds: 1,
  });
}
