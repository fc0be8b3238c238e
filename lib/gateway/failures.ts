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
  "rate-limited",
  "overloaded",
  "server-error",
  "provider-auth",
  "provider-quota",
  "invalid-request",
  "context-too-long",
  "content-filtered",
  "bad-response",
  "stream-interrupted",
  "client-aborted",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Where the call goes after a failure: to the chain's next target, or nowhere because no target would do better. */
export type NextStep = "next-target" | "stop";

export const NEXT_STEP = {
  timeout: "next-target",
  network: "next-target",
  "rate-limited": "next-target",
  overloaded: "next-target",
  "server-error": "next-target",
  "provider-auth": "next-target",
  "provider-quota": "next-target",
  "invalid-request": "stop",
  "context-too-long": "next-target",
  "content-filtered": "stop",
  "bad-response": "next-target",
  "stream-interrupted": "next-target",
  "client-aborted": "stop",
} as const satisfies Record<FailureKind, NextStep>;
