import { authenticate } from "./authenticate.ts";
import { readDelivery, readPatienceMs } from "./call-options.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { AttemptRecord } from "./contract/invocation.ts";
import { GatewayError, internalError } from "./errors.ts";
import { concludeFailure, concludeNoTarget } from "./execution/conclude-failure.ts";
import { beatUntil, encodeError, withinHeartbeat } from "./execution/heartbeat.ts";
import { relay } from "./execution/relay.ts";
import { createRun, type Run, type RunResult } from "./execution/run.ts";
import { parseMetadata } from "./metadata.ts";
import { passHeaders } from "./pass-headers.ts";
import type { GatewayPorts } from "./ports.ts";
import { describeAnswer, describeUsage, describeWait, overheadMs } from "./reply-headers.ts";
import { type PlannedTarget, planRoute } from "./routing/plan.ts";
import { resolveWork } from "./routing/resolve-work.ts";
import { type RecordedCall, settle } from "./settle.ts";
import type { CallTrace } from "./trace.ts";
import type { Wire } from "./wires/wire.ts";

/** One call in one wire, start to end. Throws `GatewayError` for a call that ends without an answer. */
export async function invoke(
  ports: GatewayPorts,
  wire: Wire,
  call: GatewayCall,
  trace: CallTrace,
): Promise<GatewayReply> {
  const recorded = await prepare(ports, wire, call, trace);
  const { running } = recorded;
  if (running.plan.targets.length === 0) throw recordRefusal(ports, recorded, concludeNoTarget(running.plan));
  const run = createRun(ports, running);
  const work = run.next((target) => defaultsFor(running.wire, recorded, target));
  try {
    if (!running.request.isStream || running.delivery === "live") return reply(ports, recorded, run, await work);
    const soon = await withinHeartbeat(ports.clock, work);
    return soon === null ? replyLater(ports, recorded, run, work) : reply(ports, recorded, run, soon);
  } catch (fault) {
    if (fault instanceof GatewayError) throw fault;
    const error = internalError(trace.requestId);
    settle(ports, recorded, { error, httpStatus: error.status, overheadMs: 0 });
    throw fault;
  }
}

/** Everything that is decided before a target is tried. */
async function prepare(ports: GatewayPorts, wire: Wire, call: GatewayCall, trace: CallTrace): Promise<RecordedCall> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  trace.headers["x-switchyard-mode"] = snapshot.mode;
  trace.headers["x-switchyard-route-version"] = String(snapshot.routeVersion);
  const metadata = parseMetadata(call.header("x-switchyard-metadata"));
  const request = wire.parse(await call.readBody());
  const functionHeader = call.header("x-switchyard-function");
  const work = resolveWork(snapshot, principal, { wire: wire.id, functionHeader, model: request.model });
  const { needs, hints } = request;
  const health = (connectionId: string, model: string) => ports.health.find(connectionId, model);
  const plan = planRoute(snapshot, work, { wire: wire.id, needs, hints, health });
  if (plan.functionSlug !== null) trace.headers["x-switchyard-function"] = plan.functionSlug;
  const patienceMs = readPatienceMs(call);
  const running = {
    tenantId: principal.tenantId,
    plan,
    wire,
    request,
    passHeaders: passHeaders(call, wire.id),
    delivery: readDelivery(call) ?? (work.kind === "function" ? work.fn.delivery : "live"),
    canRetryFiltered: snapshot.canRetryFiltered,
    signal: call.signal,
    startedAtMs: trace.startedAt,
    deadlineAtMs: trace.startedAt + snapshot.deadlineMs,
    givesUpAtMs: patienceMs === null ? null : trace.startedAt + patienceMs,
    attempts: [],
    pausedMs: 0,
  };
  return { trace, principal, metadata, running };
}

function defaultsFor(wire: Wire, { running }: RecordedCall, target: PlannedTarget) {
  return wire.fillDefaults(running.request.body, target);
}

function reply(ports: GatewayPorts, call: RecordedCall, run: Run, result: RunResult): GatewayReply {
  const { trace, running } = call;
  const { headers } = trace;
  if (result.kind === "failed") {
    throw recordRefusal(ports, call, concludeFailure(result.failure, running.attempts));
  }
  const overhead = overheadMs(ports, call);
  describeAnswer(headers, result.record, running, overhead);
  if (result.kind === "stream") {
    beginStream(call);
    return { status: 200, headers, body: relayResult(ports, call, run, result.events, overhead) };
  }
  const settled = settle(ports, call, { error: null, httpStatus: 200, overheadMs: overhead });
  headers["content-type"] = "application/json";
  describeUsage(headers, settled);
  return { status: 200, headers, body: result.body };
}

/** The head goes out before it is known who answers: the caller has waited long enough for a sign of life. */
function replyLater(ports: GatewayPorts, call: RecordedCall, run: Run, work: Promise<RunResult>): GatewayReply {
  const { headers } = call.trace;
  beginStream(call);
  describeWait(headers, call.running);
  const open = (result: RunResult): AsyncIterable<Uint8Array> => {
    const overhead = overheadMs(ports, call);
    if (result.kind === "stream") return relayResult(ports, call, run, result.events, overhead);
    const failure = result.kind === "failed" ? result.failure : null;
    if (failure === null) throw new Error("A stream was answered with something else.");
    const error = concludeFailure(failure, call.running.attempts);
    settle(ports, call, { error, httpStatus: 200, overheadMs: overhead });
    return encodeError(call.running.wire, error, call.trace.requestId);
  };
  const failed = (fault: unknown) => {
    ports.reportFault(fault, call.trace.id);
    const error = internalError(call.trace.requestId);
    settle(ports, call, { error, httpStatus: 200, overheadMs: 0 });
    return encodeError(call.running.wire, error, call.trace.requestId);
  };
  return { status: 200, headers, body: beatUntil(ports.clock, work, open, failed) };
}

function relayResult(
  ports: GatewayPorts,
  call: RecordedCall,
  run: Run,
  first: Parameters<typeof relay>[0]["first"],
  overhead: number,
): AsyncIterable<Uint8Array> {
  const { running, trace } = call;
  const { wire, request, signal } = running;
  return relay({
    wire,
    body: request.body,
    run,
    first,
    defaultsFor: (target) => wire.fillDefaults(request.body, target),
    requestId: trace.requestId,
    signal,
    conclude: (failure) => concludeFailure(failure, running.attempts),
    onEnd: (error) => void settle(ports, call, { error, httpStatus: 200, overheadMs: overhead }),
  });
}

/** The head of a stream goes out: its caller no longer waits for a sign of life. */
function beginStream({ trace: { headers }, running }: RecordedCall): void {
  running.givesUpAtMs = null;
  headers["content-type"] = "text/event-stream; charset=utf-8";
  headers["cache-control"] = "no-cache";
}

/** Puts the refused call on record and answers the error for the caller to get. */
function recordRefusal(ports: GatewayPorts, call: RecordedCall, error: GatewayError): GatewayError {
  const { trace, running } = call;
  const overhead = overheadMs(ports, call);
  const last: AttemptRecord | undefined = running.attempts.at(-1);
  if (last !== undefined) describeAnswer(trace.headers, last, running, overhead);
  settle(ports, call, { error, httpStatus: error.status, overheadMs: overhead });
  return error;
}
