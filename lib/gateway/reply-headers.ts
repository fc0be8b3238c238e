import type { AttemptRecord } from "./contract/invocation.ts";
import type { RunningCall } from "./execution/running-call.ts";
import type { GatewayPorts } from "./ports.ts";
import type { RecordedCall, Settled } from "./settle.ts";

/** Milliseconds that the call spent in the gateway itself: neither waiting for a provider nor before trying one again. */
export function overheadMs({ clock }: GatewayPorts, { trace, running }: RecordedCall): number {
  const waitedMs = running.attempts.reduce((sum, attempt) => sum + providerMs(attempt), running.pausedMs);
  return Math.max(0, clock.monotonicMs() - trace.startedAt - waitedMs);
}

/** A stream under way has taken until its first token. */
function providerMs({ latencyMs, firstTokenMs }: AttemptRecord): number {
  return latencyMs > 0 ? latencyMs : (firstTokenMs ?? 0);
}

/** Who answered, or was asked last, and what it took. */
export function describeAnswer(
  headers: Record<string, string>,
  attempt: AttemptRecord,
  { attempts, plan }: RunningCall,
  overhead: number,
): void {
  headers["x-switchyard-provider"] = attempt.provider;
  headers["x-switchyard-model"] = attempt.model;
  headers["x-switchyard-attempts"] = String(attempts.length);
  headers["x-switchyard-overhead-ms"] = overhead.toFixed(2);
  headers["server-timing"] = `gateway;dur=${overhead.toFixed(2)}, provider;dur=${providerMs(attempt).toFixed(2)}`;
  if (attempt.isSimulated) headers["x-switchyard-simulated"] = "true";
  const target = plan.targets.find(
    ({ connection, model }) => connection.id === attempt.connectionId && model === attempt.model,
  );
  if (target !== undefined && target.leavesOut.length > 0)
    headers["x-switchyard-left-out"] = target.leavesOut.join(", ");
}

/** As far as it is known before anybody has answered: the targets tried by now, and what came before the first. */
export function describeWait(headers: Record<string, string>, { attempts }: RunningCall): void {
  headers["x-switchyard-attempts"] = String(attempts.length);
  const [first] = attempts;
  if (first !== undefined) headers["x-switchyard-overhead-ms"] = first.startedMs.toFixed(2);
}

/** What it cost and used, where that is known before the body. */
export function describeUsage(headers: Record<string, string>, { costNanoUsd, usage, isEstimated }: Settled): void {
  if (costNanoUsd !== null) headers["x-switchyard-cost-usd"] = formatUsd(costNanoUsd);
  if (usage === null) return;
  headers["x-switchyard-input-tokens"] = String(usage.inputTokens);
  headers["x-switchyard-output-tokens"] = String(usage.outputTokens);
  if (isEstimated) headers["x-switchyard-estimated"] = "true";
}

/** Nano-dollars as a plain decimal of dollars: 1234567n is 0.001234567. */
function formatUsd(nanoUsd: bigint): string {
  return `${nanoUsd / 1_000_000_000n}.${String(nanoUsd % 1_000_000_000n).padStart(9, "0")}`;
}
