import type { WireBody } from "../contract/wire.ts";
import type { ProviderFailure } from "../failures.ts";
import type { GatewayPorts } from "../ports.ts";
import { maxRetriesOf } from "../routing/patience.ts";
import type { PlannedTarget } from "../routing/plan.ts";
import { type Attempted, type AttemptPorts, attempt } from "./attempt.ts";
import { CALLER_GONE, DEADLINE_PASSED } from "./lease.ts";
import { nextStep } from "./next-step.ts";
import { pause } from "./pause.ts";
import { type RunningCall, timeLeftMs } from "./running-call.ts";

export type RunPorts = AttemptPorts & Pick<GatewayPorts, "random">;

export type RunResult = Exclude<Attempted, { kind: "failure" }> | { kind: "failed"; failure: ProviderFailure };

export interface Run {
  /** Tries targets in order until one answers. Goes on where the last one left off: no target is gone back to. */
  next(editsFor: (target: PlannedTarget) => WireBody | null): Promise<RunResult>;
}

/**
 * The plan of one call, being tried. `editsFor` says what a target is sent beside the caller's own words; null: it
 * cannot serve what is asked now.
 */
export function createRun(ports: RunPorts, call: RunningCall): Run {
  let left = [...call.plan.targets];
  let failure: ProviderFailure | null = null;

  const remainingMs = () => timeLeftMs(call, ports.clock.monotonicMs());

  return {
    async next(editsFor) {
      for (let target = left.shift(); target !== undefined; target = left.shift()) {
        const edits = editsFor(target);
        if (edits === null) continue;
        const result = await tryTarget(target, edits);
        if (result === "skipped") continue;
        if (result.kind !== "failure") return result;
        failure = result.failure;
      }
      return { kind: "failed", failure: failure ?? NOBODY_LEFT };
    },
  };

  /** One target, again as long as that may help. Takes what would not do better out of what is left. */
  async function tryTarget(target: PlannedTarget, edits: WireBody): Promise<Attempted | "skipped"> {
    const { connection, model } = target;
    let last: Attempted | "skipped" = "skipped";
    for (let retriesHere = 0; ; retriesHere += 1) {
      if (call.signal.aborted) return end(CALLER_GONE, last);
      if (remainingMs() <= 0) return end(DEADLINE_PASSED, last);
      if (!ports.health.admit(connection.id, model)) return last;
      const result = await attempt(ports, call, target, edits);
      if (result.kind !== "failure") return result;
      last = result;
      const step = nextStep(result.failure, {
        retriesHere,
        maxRetries: maxRetriesOf(target.patience, left.length > 0),
        hasOthers: left.length > 0,
        remainingMs: remainingMs(),
        canRetryFiltered: call.canRetryFiltered,
        random: ports.random,
      });
      if (step.kind === "stop") left = [];
      else if (step.kind === "next" && step.largerContext) left = left.filter((other) => takesMore(other, target));
      // A circuit that this very failure opened will not let the next try through.
      if (step.kind !== "retry" || step.waitMs < ports.health.find(connection.id, model).waitMs) return result;
      const pausedAtMs = ports.clock.monotonicMs();
      await pause(ports.clock, step.waitMs, call.signal);
      call.pausedMs += ports.clock.monotonicMs() - pausedAtMs;
    }
  }

  /** Nothing more is tried; a call that never got to try anything still says why. */
  function end(reason: ProviderFailure, last: Attempted | "skipped"): Attempted | "skipped" {
    left = [];
    failure = reason;
    return last === "skipped" || last.kind !== "failure" ? "skipped" : { ...last, failure: reason };
  }
}

/** A model whose context is not known is not taken for a larger one. */
function takesMore(other: PlannedTarget, than: PlannedTarget): boolean {
  return (other.contextTokens ?? 0) > (than.contextTokens ?? 0);
}

const NOBODY_LEFT: ProviderFailure = {
  kind: "overloaded",
  httpStatus: null,
  message: "Every target of this call is resting after failures.",
  code: null,
  param: null,
  retryAfterMs: null,
};
