import type { Clock } from "#lib/gateway/ports.ts";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves on, calls back whatever falls due on the way, and lets everything that waits for it go on. */
  advance(ms: number): Promise<void>;
  /** Callbacks that are neither due nor cancelled: none may be left when a call is over. */
  pending(): number;
}

export function createFakeClock(startMs = 0): FakeClock {
  let nowMs = startMs;
  const timers = new Set<{ atMs: number; callback: () => void }>();
  const earliest = () => [...timers].sort((left, right) => left.atMs - right.atMs)[0];
  return {
    now: () => 1_767_225_600_000 + nowMs,
    monotonicMs: () => nowMs,
    schedule(callback, delayMs) {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.add(timer);
      // What is due now takes no moving on.
      if (delayMs <= 0) setImmediate(() => timers.delete(timer) && callback());
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      await settled();
      for (let timer = earliest(); timer !== undefined && timer.atMs <= endMs; timer = earliest()) {
        nowMs = timer.atMs;
        timers.delete(timer);
        timer.callback();
        await settled();
      }
      nowMs = endMs;
      await settled();
    },
    pending: () => timers.size,
  };
}

/** After everything that can go on without time passing has done so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
