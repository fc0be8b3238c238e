import { priceAttempts } from "./accounting/price-invocation.ts";
import { authenticate } from "./authenticate.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { AttemptRecord, InvocationRecord } from "./contract/invocation.ts";
import type { Principal } from "./contract/snapshot.ts";
import type { GatewayError } from "./errors.ts";
import { concludeFailure, concludeNoTarget } from "./execution/conclude-failure.ts";
import { relayStream } from "./execution/relay-stream.ts";
import { type RunResult, runPlan } from "./execution/run-plan.ts";
import { parseMetadata } from "./metadata.ts";
import type { ChatBody, GatewayPorts } from "./ports.ts";
import { planRoute, type RoutePlan } from "./routing/plan.ts";
import { resolveWork } from "./routing/resolve-work.ts";
import type { CallTrace } from "./trace.ts";
import { parseChatBody, readNeeds } from "./wires/openai-chat.ts";

/** One authenticated chat call, from here on always on record. */
interface ChatCall {
  trace: CallTrace;
  principal: Principal;
  plan: RoutePlan;
  body: ChatBody;
  isStream: boolean;
  metadata: Record<string, string> | null;
  signal: AbortSignal;
}

/** `POST /v1/chat/completions`. Throws `GatewayError` for a call that is refused before any target is tried. */
export async function handleChat(ports: GatewayPorts, call: GatewayCall, trace: CallTrace): Promise<GatewayReply> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  trace.headers["x-switchyard-mode"] = snapshot.mode;
  trace.headers["x-switchyard-route-version"] = String(snapshot.routeVersion);
  const metadata = parseMetadata(call.header("x-switchyard-metadata"));
  const { model, ...body } = parseChatBody(await call.readBody());
  const work = resolveWork(snapshot, principal, call.header("x-switchyard-function"), model);
  const plan = planRoute(snapshot, work, readNeeds(body));
  const isStream = body.stream === true;
  const chat: ChatCall = { trace, principal, plan, body, isStream, metadata, signal: call.signal };
  if (plan.functionSlug !== null) trace.headers["x-switchyard-function"] = plan.functionSlug;
  if (plan.targets.length === 0) throw recordRefusal(ports, chat, concludeNoTarget(plan));
  const result = await runPlan(ports, { plan, body, isStream, signal: call.signal, startedAt: trace.startedAt });
  return reply(ports, chat, result);
}

function reply(ports: GatewayPorts, chat: ChatCall, result: RunResult): GatewayReply {
  if (result.kind === "failed") {
    const error = concludeFailure(result.failure, result.attempts);
    throw recordRefusal(ports, chat, error, result.attempts);
  }
  const { headers } = chat.trace;
  const overheadMs = elapsedMs(ports, chat) - sumLatency(result.attempts);
  describeAnswer(headers, result.attempt, result.attempts.length, overheadMs);
  if (result.kind === "stream") {
    headers["content-type"] = "text/event-stream; charset=utf-8";
    headers["cache-control"] = "no-cache";
    return { status: 200, headers, body: relay(ports, chat, result, overheadMs) };
  }
  const cost = settle(ports, chat, result.attempts, { error: null, httpStatus: 200, overheadMs });
  headers["content-type"] = "application/json";
  if (cost !== null) headers["x-switchyard-cost-usd"] = formatUsd(cost);
  if (result.attempt.usage !== null) {
    headers["x-switchyard-input-tokens"] = String(result.attempt.usage.inputTokens);
    headers["x-switchyard-output-tokens"] = String(result.attempt.usage.outputTokens);
  }
  return { status: 200, headers, body: result.body };
}

function relay(
  ports: GatewayPorts,
  chat: ChatCall,
  { events, attempt, attempts }: RunResult & { kind: "stream" },
  overheadMs: number,
): AsyncIterable<Uint8Array> {
  const startedAt = chat.trace.startedAt + attempt.startedMs;
  return relayStream({
    events,
    attempt,
    attempts,
    elapsedMs: () => ports.clock.monotonicMs() - startedAt,
    signal: chat.signal,
    onEnd: (error) => settle(ports, chat, attempts, { error, httpStatus: 200, overheadMs }),
  });
}

/** Puts the refused call on record and answers the error for the caller to get. */
function recordRefusal(
  ports: GatewayPorts,
  chat: ChatCall,
  error: GatewayError,
  attempts: AttemptRecord[] = [],
): GatewayError {
  const overheadMs = elapsedMs(ports, chat) - sumLatency(attempts);
  const last = attempts.at(-1);
  if (last !== undefined) describeAnswer(chat.trace.headers, last, attempts.length, overheadMs);
  settle(ports, chat, attempts, { error, httpStatus: error.status, overheadMs });
  return error;
}

interface Outcome {
  error: GatewayError | null;
  /** As the caller got it: a stream that breaks has begun with 200. */
  httpStatus: number;
  overheadMs: number;
}

/** Prices the call and hands its record to the ledger; answers its cost in nano-dollars, null when not known. */
function settle(
  ports: GatewayPorts,
  chat: ChatCall,
  attempts: AttemptRecord[],
  { error, httpStatus, overheadMs }: Outcome,
): bigint | null {
  const { trace, plan, principal } = chat;
  const last = attempts.at(-1) ?? null;
  const costNanoUsd = priceAttempts(ports.prices, attempts, new Date(trace.createdAtMs));
  const record: InvocationRecord = {
    id: trace.id,
    tenantId: principal.tenantId,
    createdAtMs: trace.createdAtMs,
    requestId: trace.requestId,
    apiKeyId: principal.apiKeyId,
    functionSlug: plan.functionSlug,
    mode: plan.mode,
    tier: plan.tier,
    routeVersion: plan.routeVersion,
    wire: "openai-chat",
    isStream: chat.isStream,
    status: statusOf(error),
    httpStatus,
    failureKind: error?.code ?? null,
    provider: last?.provider ?? null,
    model: last?.model ?? null,
    isSimulated: last?.isSimulated ?? false,
    usage: last?.usage ?? null,
    costNanoUsd,
    latencyMs: elapsedMs(ports, chat),
    firstTokenMs: firstTokenMs(last),
    overheadUs: Math.max(0, Math.round(overheadMs * 1000)),
    metadata: chat.metadata,
    attempts,
  };
  ports.ledger.record(record);
  return costNanoUsd;
}

function statusOf(error: GatewayError | null): InvocationRecord["status"] {
  if (error === null) return "succeeded";
  return error.code === "client_closed_request" ? "aborted" : "failed";
}

function firstTokenMs(attempt: AttemptRecord | null): number | null {
  if (attempt === null || attempt.firstTokenMs === null) return null;
  return attempt.startedMs + attempt.firstTokenMs;
}

function describeAnswer(headers: Record<string, string>, attempt: AttemptRecord, count: number, overheadMs: number) {
  headers["x-switchyard-provider"] = attempt.provider;
  headers["x-switchyard-model"] = attempt.model;
  headers["x-switchyard-attempts"] = String(count);
  headers["x-switchyard-overhead-ms"] = Math.max(0, overheadMs).toFixed(2);
  headers["server-timing"] =
    `gateway;dur=${Math.max(0, overheadMs).toFixed(2)}, provider;dur=${attempt.latencyMs.toFixed(2)}`;
  if (attempt.isSimulated) headers["x-switchyard-simulated"] = "true";
}

function elapsedMs(ports: GatewayPorts, { trace }: ChatCall): number {
  return ports.clock.monotonicMs() - trace.startedAt;
}

function sumLatency(attempts: readonly AttemptRecord[]): number {
  return attempts.reduce((sum, { latencyMs }) => sum + latencyMs, 0);
}

/** Nano-dollars as a plain decimal of dollars: 1234567n is 0.001234567. */
function formatUsd(nanoUsd: bigint): string {
  return `${nanoUsd / 1_000_000_000n}.${String(nanoUsd % 1_000_000_000n).padStart(9, "0")}`;
}
