import type { Played } from "./run-cases.ts";

/** How long a call waited before it asked a target again: `retry` counts from 1. */
export interface Backoff {
  retry: number;
  ms: number;
}

/** Faults that come at once and say nothing on how long to wait: what lies between two attempts is backoff alone. */
const INSTANT = new Set(["500", "500-once", "503", "529", "flapping", "closed-before-headers", "half-headers"]);

export function backoffsOf(all: readonly Played[]): Backoff[] {
  return all
    .filter((played) => INSTANT.has(played.case.fault))
    .flatMap(({ attempts }) => attempts)
    .flatMap(({ number, sinceLastMs }) => (sinceLastMs === null ? [] : [{ retry: number - 1, ms: sinceLastMs }]));
}
