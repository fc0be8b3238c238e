import type { AttemptRecord } from "../contract/invocation.ts";
import type { Timeouts } from "../contract/snapshot.ts";
import type { WireBody } from "../contract/wire.ts";
import { COUNTS_AGAINST_TARGET, type ProviderFailure } from "../failures.ts";
import type { GatewayPorts, ProviderAnswer, StreamEvent } from "../ports.ts";
import { type AttemptTime, timeOf } from "../routing/patience.ts";
import type { PlannedTarget } from "../routing/plan.ts";
import { beginRecord, concludeRecord } from "./attempt-record.ts";
import { estimateUsage } from "./estimate-usage.ts";
import { ANSWER_OVERDUE, DEADLINE_PASSED, type Lease, openLease } from "./lease.ts";
import { FILTERED, holdStream, openStream } from "./open-stream.ts";
import { producedText } from "./produced-text.ts";
import { type RunningCall, timeLeftMs } from "./running-call.ts";
import { watchStream } from "./watch-stream.ts";

export type AttemptPorts = Pick<GatewayPorts, "providers" | "clock" | "health" | "countTokens">;

/** What came of one try of one target. A stream's record goes on being filled in until the stream ends. */
export type Attempted =
  | { kind: "failure"; failure: ProviderFailure; record: AttemptRecord }
  | { kind: "answer"; body: Uint8Array; record: AttemptRecord }
  | { kind: "stream"; events: AsyncIterable<StreamEvent>; record: AttemptRecord };

/** Sends the call, with `edits` to its body, to one target. Ends by itself, whatever the provider does. */
export async function attempt(
  ports: AttemptPorts,
  call: RunningCall,
  target: PlannedTarget,
  edits: WireBody,
): Promise<Attempted> {
  const startedAtMs = ports.clock.monotonicMs();
  const record = beginRecord(target, {
    number: call.attempts.length + 1,
    startedMs: startedAtMs - call.startedAtMs,
  });
  call.attempts.push(record);
  const { silenceMs, answerMs } = timeFor(call, target);
  const lease = openLease({
    clock: ports.clock,
    callerSignal: call.signal,
    remainingMs: () => timeLeftMs(call, ports.clock.monotonicMs()),
    answerMs,
  });
  lease.allowSilence(silenceMs);
  const conclude = (failure: ProviderFailure | null, produced: () => string = () => "") => {
    lease.release();
    concludeRecord(record, failure, ports.clock.monotonicMs() - startedAtMs);
    const isUncounted = record.status === "aborted" || (failure === null && record.usage === null);
    if (isUncounted) estimateUsage(ports, call.request.body, produced(), record);
    reportHealth(ports, target, { failure, cause: lease.cause(), record });
  };
  try {
    const answer = await lease.wait(send(ports, call, target, edits, lease));
    return await read({
      answer,
      call,
      target,
      lease,
      record,
      conclude,
      elapsedMs: () => ports.clock.monotonicMs() - startedAtMs,
    });
  } catch (fault) {
    lease.release();
    concludeRecord(record, OUR_FAULT, ports.clock.monotonicMs() - startedAtMs);
    throw fault;
  }
}

function send(
  { providers }: AttemptPorts,
  { tenantId, plan, request, wire, passHeaders }: RunningCall,
  { connection, model, via }: PlannedTarget,
  edits: WireBody,
  { signal }: Lease,
): Promise<ProviderAnswer> {
  const isEdited = Object.keys(edits).length > 0;
  return providers.get(connection).call({
    tenantId,
    connection,
    model,
    functionSlug: plan.functionSlug,
    wire: wire.id,
    via,
    body: isEdited ? { ...request.body, ...edits } : request.body,
    source: request.source,
    edits,
    passHeaders,
    isStream: request.isStream,
    signal,
  });
}

interface Reading {
  answer: ProviderAnswer | null;
  call: RunningCall;
  target: PlannedTarget;
  lease: Lease;
  record: AttemptRecord;
  conclude(failure: ProviderFailure | null, produced?: () => string): void;
  elapsedMs(): number;
}

const decoder = new TextDecoder();

async function read(reading: Reading): Promise<Attempted> {
  const { answer, call, target, lease, record, conclude } = reading;
  const fail = (failure: ProviderFailure): Attempted => {
    conclude(failure);
    return { kind: "failure", failure, record };
  };
  // A provider that was told to stop says so in its own words: ours say why.
  const cause = lease.cause();
  if (cause !== null || answer === null) return fail(cause ?? NO_ANSWER);
  record.providerRequestId = answer.providerRequestId;
  if (answer.kind === "failure") return fail(answer.failure);
  if (answer.kind === "answer") {
    record.usage = answer.usage;
    if (answer.finishReason === "content-filter" && call.canRetryFiltered) return fail(FILTERED);
    conclude(null, () => producedText(decoder.decode(answer.body)));
    return { kind: "answer", body: answer.body, record };
  }
  const events = watchStream({ ...reading, events: answer.events, idleMs: target.connection.timeouts.idleMs });
  const opened =
    call.delivery === "whole"
      ? await holdStream(events, { retriesFiltered: call.canRetryFiltered })
      : await openStream(events);
  if (opened.kind === "stream") return { kind: "stream", events: opened.events, record };
  // A whole answer that is not accepted, such as a filtered one, was concluded as a success.
  if (record.failureKind === null) conclude(opened.failure);
  return { kind: "failure", failure: opened.failure, record };
}

function timeFor({ request, delivery }: RunningCall, { patience, connection }: PlannedTarget): AttemptTime {
  const { isStream, needs } = request;
  const isReasoning = needs.some(({ feature }) => feature === "reasoning");
  return timeOf(patience, connection.timeouts, { isStream, isReasoning, delivery });
}

interface Concluded {
  failure: ProviderFailure | null;
  /** Why our lease ended it; null: it did not. */
  cause: ProviderFailure | null;
  record: AttemptRecord;
}

function reportHealth(
  { health }: AttemptPorts,
  { connection, model }: PlannedTarget,
  { failure, cause, record }: Concluded,
): void {
  const isItsFault = failure !== null && COUNTS_AGAINST_TARGET[failure.kind];
  const isOurHurry = cause !== null && cause === failure && wasHurried(cause, record, connection.timeouts);
  const kind = failure === null ? "success" : isItsFault && !isOurHurry ? "failure" : "neutral";
  // Only a limit is the target's word to everyone; other waits are about this one answer.
  const retryAfterMs = failure?.kind === "rate-limited" ? failure.retryAfterMs : null;
  health.report(connection.id, model, { kind, retryAfterMs });
}

/**
 * A call with little time left, or a chain with little patience, says nothing about a target that got less than the time
 * it usually gets: others that share its circuit would lose it although it works for them.
 */
function wasHurried({ code }: ProviderFailure, { firstTokenMs, latencyMs }: AttemptRecord, usual: Timeouts): boolean {
  if (firstTokenMs !== null) return code === DEADLINE_PASSED.code || code === ANSWER_OVERDUE;
  return latencyMs < usual.firstTokenMs;
}

const NO_ANSWER: ProviderFailure = {
  kind: "bad-response",
  httpStatus: null,
  message: "The provider gave no answer.",
  code: null,
  param: null,
  retryAfterMs: null,
};

const OUR_FAULT: ProviderFailure = { ...NO_ANSWER, message: "Something went wrong on our side." };
