/** What went wrong at a provider. A value, never thrown: the plan goes on by it. */
export interface ProviderFailure {
  kind: FailureKind;
  /** The provider's HTTP status, when there was an answer. */
  httpStatus: number | null;
  /** Safe to show to the caller: never holds a key or an address with credentials. */
  message: string;
  /** The provider's own error type or code, passed on for the caller to act on. */
  code: string | null;
  /** The request's field that the provider found at fault. */
  param: string | null;
  /** What the provider asked us to wait, in milliseconds. */
  retryAfterMs: number | null;
}

export const FAILURE_KINDS = [
  "timeout",
  "network",
  "egress-refused",
  "rate-limited",
  "overloaded",
  "server-error",
  "provider-auth",
  "provider-quota",
  "invalid-request",
  "unsupported",
  "context-too-long",
  "content-filtered",
  "bad-response",
  "stream-interrupted",
  "client-aborted",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/**
 * Whether the same request to the same target may do better a moment later. Never after silence: waiting as long again
 * is what a caller can least afford.
 */
export const CAN_RETRY_HERE = {
  timeout: false,
  network: true,
  "egress-refused": false,
  "rate-limited": true,
  overloaded: true,
  "server-error": true,
  "provider-auth": false,
  "provider-quota": false,
  "invalid-request": false,
  unsupported: false,
  "context-too-long": false,
  "content-filtered": false,
  "bad-response": true,
  "stream-interrupted": true,
  "client-aborted": false,
} as const satisfies Record<FailureKind, boolean>;

/**
 * Where the call goes once a target has been given up: to the next one, to one that takes more tokens, to another that
 * may judge otherwise if the tenant allows it, or nowhere because none would do better.
 */
export type NextStep = "next-target" | "larger-context" | "next-if-allowed" | "stop";

export const NEXT_STEP = {
  timeout: "next-target",
  network: "next-target",
  "egress-refused": "next-target",
  "rate-limited": "next-target",
  overloaded: "next-target",
  "server-error": "next-target",
  "provider-auth": "next-target",
  "provider-quota": "next-target",
  "invalid-request": "stop",
  // The way to this target does not carry something that the request asks for: another one may.
  unsupported: "next-target",
  "context-too-long": "larger-context",
  "content-filtered": "next-if-allowed",
  "bad-response": "next-target",
  "stream-interrupted": "next-target",
  "client-aborted": "stop",
} as const satisfies Record<FailureKind, NextStep>;

/** Whether the failure speaks against the target, for its circuit breaker, or only of this one request. */
export const COUNTS_AGAINST_TARGET = {
  timeout: true,
  network: true,
  // Nobody was asked: our own rules keep this call from going there.
  "egress-refused": false,
  // It is asked again when it says so, which is a different thing from being broken.
  "rate-limited": false,
  overloaded: true,
  "server-error": true,
  "provider-auth": true,
  "provider-quota": true,
  "invalid-request": false,
  unsupported: false,
  "context-too-long": false,
  "content-filtered": false,
  "bad-response": true,
  "stream-interrupted": true,
  "client-aborted": false,
} as const satisfies Record<FailureKind, boolean>;

/** Addresses that do not resolve, ports that nobody serves, certificates that do not hold: the same a moment later. */
const LASTING_CODES =
  /^(ENOTFOUND|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/;

/**
 * A model or an address that the provider does not have stays missing, whatever the kind, and a request that alone is
 * over a limit (413) stays over it.
 */
export function isLasting({ kind, httpStatus, code }: ProviderFailure): boolean {
  if (kind === "network") return code !== null && LASTING_CODES.test(code);
  if (kind === "rate-limited") return httpStatus === 413;
  return kind === "bad-response" && httpStatus !== null && httpStatus >= 300 && httpStatus < 500;
}
