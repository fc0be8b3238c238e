import type { Delivery } from "../contract/catalog.ts";
import type { AttemptRecord } from "../contract/invocation.ts";
import type { RoutePlan } from "../routing/plan.ts";
import type { ParsedRequest, Wire } from "../wires/wire.ts";

/** One call under way: what every attempt of it needs, and the attempts so far. */
export interface RunningCall {
  tenantId: string;
  plan: RoutePlan;
  wire: Wire;
  request: ParsedRequest;
  /** Headers of the caller that belong to the wire and go on to a provider that speaks it. */
  passHeaders: Readonly<Record<string, string>>;
  delivery: Delivery;
  /** Whether another target may be asked what a content filter refused. */
  canRetryFiltered: boolean;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  startedAtMs: number;
  deadlineAtMs: number;
  /**
   * When a caller that has got nothing yet gives up; null: it does not say, or has the head of its stream. The official
   * clients wait for that alone, and read a stream for as long as it takes.
   */
  givesUpAtMs: number | null;
  attempts: AttemptRecord[];
  /** Milliseconds spent waiting before a target was tried again. */
  pausedMs: number;
}

/** Milliseconds that are left of a call: until its deadline, or until its caller gives up. */
export function timeLeftMs({ deadlineAtMs, givesUpAtMs }: RunningCall, nowMs: number): number {
  return Math.min(deadlineAtMs, givesUpAtMs ?? deadlineAtMs) - nowMs;
}
