import type { AttemptOutcome, Circuit, Clock, Health, TargetHealth } from "../ports.ts";

/** Failures are counted over this long, in slices that fall out one by one. */
const WINDOW_MS = 30_000;
const SLICE_MS = 3_000;
/**
 * A circuit opens when so many attempts were made in the window and so large a part of them failed, or when so many have
 * failed in a row: a target that did well for long need not fail as long before it is left alone.
 */
export const MIN_VOLUME = 10;
const FAILURE_RATE = 0.5;
/** An open circuit lets one call through so often, to see whether the target is well again. */
export const PROBE_INTERVAL_MS = 5_000;
/** A provider that asks for patience is believed up to here. */
const MAX_COOLING_MS = 60_000;
/** Targets that are remembered; the ones used longest ago are forgotten first. */
const MAX_TARGETS = 10_000;

interface Slice {
  startMs: number;
  successes: number;
  failures: number;
  /** Those since the target's last success. */
  failuresInARow: number;
}

interface Target {
  connectionId: string;
  model: string;
  slices: Slice[];
  /** Null while the circuit is closed; otherwise when the next probe may go. */
  probeAtMs: number | null;
  /** A probe is out, and nothing has been heard of it. */
  isProbed: boolean;
  coolUntilMs: number;
}

export interface Breaker extends Health {
  circuits(): Circuit[];
}

/**
 * A circuit breaker per connection and model, shared by every call of the process. Closed: calls go through. Open: none
 * but one probe every `PROBE_INTERVAL_MS`; the first that succeeds closes it.
 */
export function createBreaker(clock: Pick<Clock, "monotonicMs">, minVolume: number = MIN_VOLUME): Breaker {
  const targets = new Map<string, Target>();

  const find = (connectionId: string, model: string) => targets.get(`${connectionId}\n${model}`);
  const findOrAdd = (connectionId: string, model: string): Target => {
    const key = `${connectionId}\n${model}`;
    const known = targets.get(key);
    const target = known ?? { connectionId, model, slices: [], probeAtMs: null, isProbed: false, coolUntilMs: 0 };
    // Put at the end again, so that the first is the one used longest ago: only where one may have to go soon.
    if (known !== undefined && targets.size < MAX_TARGETS / 2) return known;
    if (known !== undefined) targets.delete(key);
    targets.set(key, target);
    const oldest = targets.size > MAX_TARGETS ? targets.keys().next().value : undefined;
    if (oldest !== undefined) targets.delete(oldest);
    return target;
  };

  return {
    find(connectionId, model) {
      const target = find(connectionId, model);
      return target === undefined ? READY : healthOf(target, clock.monotonicMs());
    },
    admit(connectionId, model) {
      const target = find(connectionId, model);
      if (target === undefined) return true;
      const nowMs = clock.monotonicMs();
      const { state, waitMs } = healthOf(target, nowMs);
      if (state === "ready") return true;
      if (waitMs > 0) return false;
      // One call at a time: the next may go an interval later, whether or not this one ever comes back.
      target.probeAtMs = nowMs + PROBE_INTERVAL_MS;
      target.isProbed = true;
      return true;
    },
    report(connectionId, model, outcome) {
      note(findOrAdd(connectionId, model), outcome, clock.monotonicMs(), minVolume);
    },
    circuits() {
      const nowMs = clock.monotonicMs();
      return [...targets.values()].map((target) => {
        const { attempts, failures } = count(target, nowMs);
        const { connectionId, model } = target;
        return { connectionId, model, ...healthOf(target, nowMs), attempts, failures };
      });
    },
  };
}

const READY: TargetHealth = { state: "ready", waitMs: 0 };

function healthOf({ probeAtMs, coolUntilMs }: Target, nowMs: number): TargetHealth {
  if (probeAtMs !== null) return { state: "open", waitMs: Math.max(0, probeAtMs - nowMs, coolUntilMs - nowMs) };
  if (coolUntilMs > nowMs) return { state: "cooling", waitMs: coolUntilMs - nowMs };
  return READY;
}

function note(target: Target, { kind, retryAfterMs }: AttemptOutcome, nowMs: number, minVolume: number): void {
  if (retryAfterMs !== null) target.coolUntilMs = nowMs + Math.min(retryAfterMs, MAX_COOLING_MS);
  const { isProbed } = target;
  target.isProbed = false;
  if (kind === "neutral") {
    // A probe that proved nothing leaves its place to the next call.
    if (isProbed) target.probeAtMs = nowMs;
    return;
  }
  if (kind === "success") {
    if (target.probeAtMs !== null) target.slices = [];
    target.probeAtMs = null;
    target.coolUntilMs = 0;
  }
  const slice = currentSlice(target, nowMs);
  if (kind === "success") {
    slice.successes += 1;
    for (const one of target.slices) one.failuresInARow = 0;
  } else {
    slice.failures += 1;
    slice.failuresInARow += 1;
  }
  // While it is open a failure puts nothing off: calls from before it opened go on failing for as long as they wait.
  if (kind === "failure" && target.probeAtMs === null && isBroken(target, nowMs, minVolume)) {
    target.probeAtMs = nowMs + PROBE_INTERVAL_MS;
  }
}

function currentSlice(target: Target, nowMs: number): Slice {
  const last = target.slices.at(-1);
  if (last !== undefined && nowMs - last.startMs < SLICE_MS) return last;
  const slice = { startMs: nowMs, successes: 0, failures: 0, failuresInARow: 0 };
  target.slices = [...target.slices.filter(({ startMs }) => nowMs - startMs < WINDOW_MS), slice];
  return slice;
}

function isBroken(target: Target, nowMs: number, minVolume: number): boolean {
  const { attempts, failures, failuresInARow } = count(target, nowMs);
  return failuresInARow >= minVolume || (attempts >= minVolume && failures / attempts >= FAILURE_RATE);
}

function count({ slices }: Target, nowMs: number): { attempts: number; failures: number; failuresInARow: number } {
  let attempts = 0;
  let failures = 0;
  let failuresInARow = 0;
  for (const slice of slices) {
    if (nowMs - slice.startMs >= WINDOW_MS) continue;
    attempts += slice.successes + slice.failures;
    failures += slice.failures;
    failuresInARow += slice.failuresInARow;
  }
  return { attempts, failures, failuresInARow };
}
