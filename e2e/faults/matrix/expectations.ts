import type { FaultId } from "../upstream/faults/index.ts";

/** `live` and `whole`: a stream, and how it is delivered. `plain`: no stream, which is held in either delivery. */
export const MODES = ["live", "whole", "plain"] as const;
export type Mode = (typeof MODES)[number];

/**
 * What the caller gets. `own`: the faulty target's whole answer. `next`: the next target's. `either`: one of the two.
 * `larger`: that of the next target with a larger context, else a refusal. `continued`: what came before the break, and
 * the rest from a target that takes prefill; else one error event and no end mark. `filtered`: what came, marked as
 * filtered. `stopped`: a refusal for the filter, or nothing but word of it, as the provider says it.
 */
export type Ending = "own" | "next" | "either" | "larger" | "continued" | "filtered" | "stopped";

export interface Expectation {
  live: Ending;
  whole: Ending;
  plain: Ending;
  /** Fewest and most times that the faulty target may be asked. */
  attempts: readonly [fewest: number, most: number];
  /** The same for a live stream, where that is another. */
  liveAttempts?: readonly [fewest: number, most: number];
  /** Least milliseconds between two attempts: what the target asked for. */
  waitMs?: number;
}

const ONCE = [1, 1] as const;
const RETRIED = [2, 3] as const;
const MAYBE_RETRIED = [1, 3] as const;

function always(ending: Ending, attempts: Expectation["attempts"]): Expectation {
  return { live: ending, whole: ending, plain: ending, attempts };
}

/** Breaks after the first token: what has gone out live is not taken back, what is held is made good. */
function midway(attempts: Expectation["attempts"]): Expectation {
  return { live: "continued", whole: "next", plain: "next", attempts, liveAttempts: ONCE };
}

/** With a healthy target next in the chain. */
export const EXPECTATIONS: Readonly<Record<Exclude<FaultId, "flapping-by-time">, Expectation>> = {
  healthy: always("own", ONCE),
  "429": always("next", MAYBE_RETRIED),
  "429-retry-after": { ...always("own", [2, 2]), waitMs: 1_000 },
  "429-retry-after-ms": { ...always("own", [2, 2]), waitMs: 600 },
  "429-retry-after-long": always("next", ONCE),
  "429-like-overflow": always("next", MAYBE_RETRIED),
  "429-quota": always("next", ONCE),
  "402": always("next", ONCE),
  "500": always("next", RETRIED),
  "500-once": always("own", [2, 2]),
  "503": always("next", RETRIED),
  "529": always("next", RETRIED),
  "401": always("next", ONCE),
  "404": always("next", ONCE),
  "context-overflow": always("larger", ONCE),
  "filtered-request": always("stopped", ONCE),
  "prefill-refused": always("own", ONCE),
  flapping: always("either", RETRIED),
  redirect: always("next", ONCE),
  "reset-before-headers": always("next", RETRIED),
  "closed-before-headers": always("next", RETRIED),
  "half-headers": always("next", RETRIED),
  "no-http": always("next", MAYBE_RETRIED),
  silence: always("next", ONCE),
  "slow-first-token": always("next", ONCE),
  "cut-after-tokens": midway(MAYBE_RETRIED),
  "reset-after-tokens": midway(MAYBE_RETRIED),
  "stall-after-tokens": midway(ONCE),
  trickle: always("own", ONCE),
  "malformed-chunk": midway(MAYBE_RETRIED),
  "missing-done": always("own", ONCE),
  "no-finish-reason": midway(MAYBE_RETRIED),
  "error-event": midway(MAYBE_RETRIED),
  "error-event-first": always("next", MAYBE_RETRIED),
  "filtered-midway": always("filtered", ONCE),
  "empty-200": always("next", MAYBE_RETRIED),
  "empty-choices": always("next", MAYBE_RETRIED),
  "html-200": always("next", MAYBE_RETRIED),
  "other-shape": always("either", MAYBE_RETRIED),
  "text-plain": always("either", MAYBE_RETRIED),
  "length-too-long": always("either", MAYBE_RETRIED),
  "length-too-short": midway(MAYBE_RETRIED),
  "huge-chunk": always("own", ONCE),
  gzip: always("either", MAYBE_RETRIED),
};

/** What a content filter stopped, where the tenant lets another target judge. What has gone out live stays. */
export const LENIENT_EXPECTATIONS = {
  "filtered-request": always("next", ONCE),
  "filtered-midway": { ...always("next", ONCE), live: "filtered" },
} as const satisfies Partial<Record<FaultId, Expectation>>;

export type MatrixFault = keyof typeof EXPECTATIONS;
export const MATRIX_FAULTS = Object.keys(EXPECTATIONS) as MatrixFault[];

/** What a call ends with when the faulty target is the only one, and whether trying again may help. */
export interface AloneEnding {
  /** `own`: it answers after all. `broken`: a live stream that ends in one error event. */
  ending: "own" | "broken" | "own-or-refused" | "filtered" | "stopped" | "refused";
  status: number;
  code: string;
  canRetry: boolean;
  attempts: readonly [fewest: number, most: number];
}

const FAILED: AloneEnding = {
  ending: "refused",
  status: 502,
  code: "all_targets_failed",
  canRetry: true,
  attempts: MAYBE_RETRIED,
};
const OWN: AloneEnding = { ...FAILED, ending: "own" };
const LIMITED: AloneEnding = { ...FAILED, status: 429, code: "rate_limit_exceeded" };
const LASTING: AloneEnding = { ...FAILED, canRetry: false, attempts: ONCE };
const SILENT: AloneEnding = { ...FAILED, status: 504, code: "upstream_timeout", attempts: ONCE };

const ALONE: Readonly<Partial<Record<MatrixFault, AloneEnding>>> = {
  "429": LIMITED,
  "429-like-overflow": LIMITED,
  "429-retry-after": { ...OWN, attempts: [2, 2] },
  "429-retry-after-ms": { ...OWN, attempts: [2, 2] },
  "429-retry-after-long": { ...OWN, attempts: [2, 2] },
  "429-quota": LASTING,
  "402": LASTING,
  "401": LASTING,
  "404": LASTING,
  redirect: LASTING,
  "500": { ...FAILED, attempts: [3, 3] },
  "503": { ...FAILED, attempts: [3, 3] },
  "529": { ...FAILED, attempts: [3, 3] },
  flapping: { ...OWN, attempts: [3, 3] },
  "context-overflow": { ...LASTING, status: 400, code: "context_length_exceeded" },
  "filtered-request": { ...LASTING, status: 400, code: "content_filter" },
  silence: SILENT,
  "slow-first-token": SILENT,
  "stall-after-tokens": SILENT,
};

export function expectAlone(fault: MatrixFault, mode: Mode): AloneEnding {
  const expectation = EXPECTATIONS[fault];
  const withOthers = expectation[mode];
  const alone = ALONE[fault] ?? FAILED;
  if (withOthers === "own")
    return { ...alone, ending: "own", attempts: ALONE[fault]?.attempts ?? expectation.attempts };
  if (withOthers === "filtered") return { ...alone, ending: "filtered" };
  if (withOthers === "stopped") return { ...alone, ending: "stopped" };
  if (withOthers === "continued") return { ...alone, ending: "broken", attempts: ONCE };
  if (withOthers === "either") return { ...alone, ending: alone.ending === "own" ? "own" : "own-or-refused" };
  return alone;
}
