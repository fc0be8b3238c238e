import type { CircuitDto, ConnectionDto } from "#lib/services/connections/schemas.ts";

export type ConnectionState =
  | "disabled"
  | "unopened"
  | "failing"
  | "waiting"
  | "working"
  | "up"
  | "down"
  | "test-failed"
  | "untested"
  | "idle"
  | "simulated";

/** How a connection does, worst first; what calls have shown counts more than checks and tests. */
export function stateOf({ own, unopened, circuits, isSimulated, activity }: ConnectionDto): ConnectionState {
  if (own?.isEnabled === false) return "disabled";
  if (unopened !== null) return "unopened";
  if (circuits.some(({ state }) => state === "open")) return "failing";
  if (circuits.some(({ state }) => state === "cooling")) return "waiting";
  if (isSimulated) return "simulated";
  const { attempts, failures } = sumCalls(circuits);
  if (attempts > failures) return "working";
  if (own === null) return "idle";
  if (own.health !== null && own.health.status !== "unknown") return own.health.status;
  // Calls of before it was changed say nothing of how it is.
  const { lastSuccessAt } = activity;
  const changedOrTestedAt = own.lastTest?.testedAt ?? own.updatedAt;
  if (lastSuccessAt !== null && lastSuccessAt > changedOrTestedAt) return "working";
  if (own.lastTest === null) return "untested";
  return own.lastTest.isOk ? "working" : "test-failed";
}

/** The calls of the last 30 seconds over all models. */
export function sumCalls(circuits: readonly CircuitDto[]): { attempts: number; failures: number } {
  return circuits.reduce(
    (sum, { attempts, failures }) => ({ attempts: sum.attempts + attempts, failures: sum.failures + failures }),
    { attempts: 0, failures: 0 },
  );
}
