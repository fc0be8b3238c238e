import { performance } from "node:perf_hooks";
import type { Clock } from "#lib/gateway/ports.ts";

/** The machine's. */
export const clock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
