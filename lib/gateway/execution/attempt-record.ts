import type { AttemptRecord } from "../contract/invocation.ts";
import type { ProviderFailure } from "../failures.ts";
import type { PlannedTarget } from "../routing/plan.ts";

interface Begin {
  number: number;
  /** Milliseconds since the call's arrival. */
  startedMs: number;
}

/** An attempt as it begins: filled in as it goes, concluded when it ends. */
export function beginRecord(target: PlannedTarget, { number, startedMs }: Begin): AttemptRecord {
  return {
    number,
    provider: target.provider,
    pricedAs: target.pricedAs,
    ownPrice: target.connection.ownPrice,
    model: target.model,
    connectionId: target.connection.id,
    host: target.connection.host,
    reason: target.reason,
    isSimulated: target.connection.isSimulated,
    status: "succeeded",
    failureKind: null,
    httpStatus: null,
    message: null,
    startedMs,
    latencyMs: 0,
    firstTokenMs: null,
    usage: null,
    isUsageEstimated: false,
    costNanoUsd: null,
    providerRequestId: null,
  };
}

export function concludeRecord(record: AttemptRecord, failure: ProviderFailure | null, latencyMs: number): void {
  record.latencyMs = latencyMs;
  record.httpStatus = failure === null ? 200 : failure.httpStatus;
  if (failure === null) return;
  record.status = failure.kind === "client-aborted" ? "aborted" : "failed";
  record.failureKind = failure.kind;
  record.message = failure.message;
}
