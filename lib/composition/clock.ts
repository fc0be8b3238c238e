import { performance } from "node:perf_hooks";
import type { Clock } from "#lib/gateway/ports.ts";

/** The machine's. */
export const clock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(callback, delayMs) {
    // Node's timers count from the last turn of its loop: up to a millisecond less than they were asked.
    const timer = setTimeout(callback, Math.ceil(delayMs) + 1);
    return () => clearTimeout(timer);
  },
};
