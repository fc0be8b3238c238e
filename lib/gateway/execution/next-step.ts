import { CAN_RETRY_HERE, isLasting, NEXT_STEP, type ProviderFailure } from "../failures.ts";

/** With another target at hand a caller is not made to wait long for this one. */
const PATIENCE_WITH_OTHERS_MS = 2_000;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 4_000;

export interface StepFacts {
  /** How often this target has been tried again so far. */
  retriesHere: number;
  maxRetries: number;
  hasOthers: boolean;
  /** Of the call's deadline. */
  remainingMs: number;
  /** Whether the tenant lets another target answer what a content filter refused. */
  canRetryFiltered: boolean;
  random(): number;
}

export type Step = { kind: "retry"; waitMs: number } | { kind: "next"; largerContext: boolean } | { kind: "stop" };

/** What a call does after a failed attempt. Trying here again and trying elsewhere are two questions. */
export function nextStep(failure: ProviderFailure, facts: StepFacts): Step {
  const waitMs = retryWaitMs(failure, facts);
  if (waitMs !== null) return { kind: "retry", waitMs };
  const next = NEXT_STEP[failure.kind];
  if (next === "stop") return { kind: "stop" };
  if (next === "next-if-allowed" && !facts.canRetryFiltered) return { kind: "stop" };
  return { kind: "next", largerContext: next === "larger-context" };
}

/** Milliseconds to wait before the same target is tried again; null when it is not. */
function retryWaitMs(
  failure: ProviderFailure,
  { retriesHere, maxRetries, hasOthers, remainingMs, random }: StepFacts,
): number | null {
  if (!CAN_RETRY_HERE[failure.kind] || isLasting(failure)) return null;
  if (retriesHere >= maxRetries) return null;
  const { retryAfterMs } = failure;
  // A limit that does not say when it ends is better met elsewhere.
  if (failure.kind === "rate-limited" && retryAfterMs === null && hasOthers) return null;
  const waitMs = Math.max(retryAfterMs ?? 0, backoffMs(retriesHere, random));
  if (hasOthers && waitMs > PATIENCE_WITH_OTHERS_MS) return null;
  return waitMs < remainingMs ? waitMs : null;
}

/** Full jitter: callers that failed together do not come back together. */
function backoffMs(retriesHere: number, random: () => number): number {
  return random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** retriesHere);
}
