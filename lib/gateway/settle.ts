import { believableUsage } from "./accounting/believable-usage.ts";
import { priceAttempts } from "./accounting/price-invocation.ts";
import { sumUsage } from "./accounting/sum-usage.ts";
import type { AttemptRecord, InvocationRecord } from "./contract/invocation.ts";
import type { Principal } from "./contract/snapshot.ts";
import type { Usage } from "./contract/usage.ts";
import type { GatewayError } from "./errors.ts";
import type { RunningCall } from "./execution/running-call.ts";
import type { GatewayPorts } from "./ports.ts";
import type { CallTrace } from "./trace.ts";

/** One authenticated call, from here on always on record. */
export interface RecordedCall {
  trace: CallTrace;
  principal: Principal;
  metadata: Record<string, string> | null;
  running: RunningCall;
}

export interface Outcome {
  error: GatewayError | null;
  /** As the caller got it: a stream that breaks has begun with 200. */
  httpStatus: number;
  /** Milliseconds spent in the gateway itself. */
  overheadMs: number;
}

export interface Settled {
  /** Nano-dollars; null when not known. */
  costNanoUsd: bigint | null;
  usage: Usage | null;
  /** The tokens are counted here, because a provider did not say. */
  isEstimated: boolean;
}

/** Prices the call and hands its record to the ledger. */
export function settle(ports: GatewayPorts, call: RecordedCall, { error, httpStatus, overheadMs }: Outcome): Settled {
  const { trace, principal, running } = call;
  const { plan, attempts } = running;
  const last = attempts.at(-1) ?? null;
  for (const attempt of attempts) attempt.usage = believableUsage(attempt.usage);
  const costNanoUsd = priceAttempts(ports.prices, attempts, new Date(trace.createdAtMs));
  const usage = sumUsage(attempts);
  ports.ledger.record({
    id: trace.id,
    tenantId: principal.tenantId,
    createdAtMs: trace.createdAtMs,
    requestId: trace.requestId,
    apiKeyId: principal.apiKeyId,
    functionSlug: plan.functionSlug,
    mode: plan.mode,
    tier: plan.tier,
    routeVersion: plan.routeVersion,
    wire: running.wire.id,
    isStream: running.request.isStream,
    delivery: running.delivery,
    status: statusOf(error),
    httpStatus,
    failureKind: error?.code ?? null,
    provider: last?.provider ?? null,
    model: last?.model ?? null,
    isSimulated: last?.isSimulated ?? false,
    usage,
    costNanoUsd,
    latencyMs: ports.clock.monotonicMs() - trace.startedAt,
    firstTokenMs: firstTokenMs(running),
    overheadUs: Math.max(0, Math.round(overheadMs * 1000)),
    metadata: call.metadata,
    traceparent: trace.traceparent,
    attempts,
    rejected: plan.excluded.filter(({ cause }) => cause === "residency"),
  });
  return { costNanoUsd, usage, isEstimated: attempts.some(({ isUsageEstimated }) => isUsageEstimated) };
}

function statusOf(error: GatewayError | null): InvocationRecord["status"] {
  if (error === null) return "succeeded";
  return error.code === "client_closed_request" ? "aborted" : "failed";
}

/** Of the answer that reached the caller, from the call's arrival: live, an attempt that broke may have begun it. */
function firstTokenMs({ attempts, delivery }: RunningCall): number | null {
  const hasBegun = (attempt: AttemptRecord) => attempt.firstTokenMs !== null;
  const first = delivery === "live" ? attempts.find(hasBegun) : attempts.findLast(hasBegun);
  return first?.firstTokenMs == null ? null : first.startedMs + first.firstTokenMs;
}
