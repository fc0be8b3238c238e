import type { ProviderFailure } from "../failures.ts";
import type { Clock } from "../ports.ts";

/** The time that one attempt has: ended by the caller's leaving, by silence, by the call's deadline, or by its own end. */
export interface Lease {
  /** Aborts when the attempt is to stop. */
  signal: AbortSignal;
  /** From now on silence may last so long: the time we wait, from here or from the last `heard` on. */
  allowSilence(ms: number): void;
  /** Something came that ends the silence. What comes without it does not: a sign of life is not yet an answer. */
  heard(): void;
  /**
   * What `promise` brings, or `null` when the lease ends first: an attempt whose provider ignores its signal must not
   * hold up the call.
   */
  wait<T>(promise: Promise<T>): Promise<T | null>;
  /** Why it ended before its time; null while it has not. */
  cause(): ProviderFailure | null;
  release(): void;
}

interface LeaseInput {
  clock: Clock;
  callerSignal: AbortSignal;
  /** Milliseconds left of the whole call: asked again and again, since a caller whose stream begins has more of them. */
  remainingMs(): number;
  /** Milliseconds that the whole answer may take; null: as many as are left. */
  answerMs?: number | null;
}

export function openLease({ clock, callerSignal, remainingMs, answerMs = null }: LeaseInput): Lease {
  const controller = new AbortController();
  const openedAtMs = clock.monotonicMs();
  const answerLeftMs = () =>
    answerMs === null ? Number.POSITIVE_INFINITY : openedAtMs + answerMs - clock.monotonicMs();
  const leftMs = () => Math.min(remainingMs(), answerLeftMs());
  let cause: ProviderFailure | null = null;
  let silenceMs = remainingMs();
  /** Of that, how much has been spent in waits that are over. */
  let spentMs = 0;
  /** Null while nobody waits for the provider: a caller that reads slowly is not the provider's silence. */
  let waitingSinceMs: number | null = null;
  let giveUp: (() => void) | null = null;
  let cancelTimer: (() => void) | null = null;

  const end = (failure: ProviderFailure) => {
    if (cause !== null) return;
    cause = failure;
    stopTimer();
    controller.abort();
    giveUp?.();
  };
  const onCallerGone = () => end(CALLER_GONE);
  const stopTimer = () => {
    cancelTimer?.();
    cancelTimer = null;
  };
  const silenceLeftMs = () => (waitingSinceMs ?? clock.monotonicMs()) + silenceMs - spentMs - clock.monotonicMs();
  // One timer for the whole attempt, looked at when it rings: setting one anew for every event would cost more.
  const startTimer = (delayMs: number) => {
    stopTimer();
    cancelTimer = clock.schedule(check, Math.max(1, delayMs));
  };
  const check = () => {
    if (remainingMs() <= 0) end(DEADLINE_PASSED);
    else if (answerMs !== null && answerLeftMs() <= 0) end(overdue(answerMs));
    else if (waitingSinceMs !== null && silenceLeftMs() <= 0) end(silence(silenceMs));
    else startTimer(Math.min(leftMs(), silenceLeftMs()));
  };

  if (callerSignal.aborted) end(CALLER_GONE);
  else callerSignal.addEventListener("abort", onCallerGone, { once: true });

  return {
    signal: controller.signal,
    allowSilence(ms) {
      silenceMs = ms;
      spentMs = 0;
      if (cause === null) startTimer(Math.min(ms, leftMs()));
    },
    heard() {
      spentMs = 0;
    },
    wait<T>(promise: Promise<T>): Promise<T | null> {
      if (cause !== null) {
        promise.catch(() => {});
        return Promise.resolve(null);
      }
      waitingSinceMs = clock.monotonicMs();
      return new Promise((resolve, reject) => {
        const settle = () => {
          if (waitingSinceMs !== null) spentMs += clock.monotonicMs() - waitingSinceMs;
          waitingSinceMs = null;
          giveUp = null;
        };
        giveUp = () => {
          settle();
          resolve(null);
        };
        promise.then(
          (value) => {
            settle();
            resolve(value);
          },
          (error) => {
            settle();
            reject(error);
          },
        );
      });
    },
    cause: () => cause,
    release() {
      stopTimer();
      callerSignal.removeEventListener("abort", onCallerGone);
    },
  };
}

const NO_DETAILS = { httpStatus: null, code: null, param: null, retryAfterMs: null } as const;

export const CALLER_GONE: ProviderFailure = {
  ...NO_DETAILS,
  kind: "client-aborted",
  message: "The caller closed the connection.",
};

export const DEADLINE_PASSED: ProviderFailure = {
  ...NO_DETAILS,
  kind: "timeout",
  message: "The call's time ran out before the provider's answer was complete.",
  code: "deadline",
};

/** The `code` of an answer that took longer than its chain allows. */
export const ANSWER_OVERDUE = "answer-timeout";

function overdue(answerMs: number): ProviderFailure {
  const message = `The answer was not complete after the ${inSeconds(answerMs)} s that its chain allows.`;
  return { ...NO_DETAILS, kind: "timeout", message, code: ANSWER_OVERDUE };
}

function silence(silenceMs: number): ProviderFailure {
  return { ...NO_DETAILS, kind: "timeout", message: `The provider was silent for ${inSeconds(silenceMs)} s.` };
}

function inSeconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
