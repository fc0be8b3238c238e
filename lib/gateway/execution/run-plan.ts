import type { AttemptRecord, CallStatus } from "../contract/invocation.ts";
import { NEXT_STEP, type ProviderFailure } from "../failures.ts";
import type { ChatBody, GatewayPorts, ProviderAnswer, StreamEvent } from "../ports.ts";
import type { PlannedTarget, RoutePlan } from "../routing/plan.ts";
import { fillDefaults } from "../wires/fill-defaults.ts";

export interface RunInput {
  plan: RoutePlan;
  body: ChatBody;
  isStream: boolean;
  signal: AbortSignal;
  /** Monotonic milliseconds of the call's arrival. */
  startedAt: number;
}

/** An attempt still under way has its status filled in when its stream ends. */
export type RunResult =
  | { kind: "answer"; body: Uint8Array; attempt: AttemptRecord; attempts: AttemptRecord[] }
  | { kind: "stream"; events: AsyncIterable<StreamEvent>; attempt: AttemptRecord; attempts: AttemptRecord[] }
  | { kind: "failed"; failure: ProviderFailure; attempts: AttemptRecord[] };

type RunPorts = Pick<GatewayPorts, "providers" | "clock">;

/**
 * Tries the plan's targets in order until one answers. A stream counts as answered once its first event is there:
 * until then nothing has reached the caller, and the next target can still take over unseen.
 */
export async function runPlan(ports: RunPorts, input: RunInput): Promise<RunResult> {
  const attempts: AttemptRecord[] = [];
  let failure: ProviderFailure | null = null;
  for (const target of input.plan.targets) {
    const { attempt, answer } = await tryTarget(ports, input, target, attempts.length + 1);
    attempts.push(attempt);
    if (answer.kind === "answer") return { kind: "answer", body: answer.body, attempt, attempts };
    if (answer.kind === "stream") return { kind: "stream", events: answer.events, attempt, attempts };
    failure = answer.failure;
    if (NEXT_STEP[failure.kind] === "stop") break;
  }
  if (failure === null) throw new Error("A plan without targets was run.");
  return { kind: "failed", failure, attempts };
}

async function tryTarget(ports: RunPorts, input: RunInput, target: PlannedTarget, number: number) {
  const startedAt = ports.clock.monotonicMs();
  const answer = await awaitFirstEvent(
    await ports.providers.get(target.connection).chat({
      connection: target.connection,
      model: target.model,
      functionSlug: input.plan.functionSlug,
      body: fillDefaults(input.body, target),
      isStream: input.isStream,
      signal: input.signal,
    }),
  );
  const latencyMs = ports.clock.monotonicMs() - startedAt;
  const failure = answer.kind === "failure" ? answer.failure : null;
  const attempt: AttemptRecord = {
    number,
    provider: target.provider,
    pricedAs: target.pricedAs,
    model: target.model,
    connectionId: target.connection.id,
    isSimulated: target.connection.isSimulated,
    status: statusOf(failure),
    failureKind: failure?.kind ?? null,
    httpStatus: failure === null ? 200 : failure.httpStatus,
    message: failure?.message ?? null,
    startedMs: startedAt - input.startedAt,
    latencyMs,
    firstTokenMs: null,
    usage: answer.kind === "answer" ? answer.usage : null,
    costNanoUsd: null,
    providerRequestId: answer.providerRequestId,
  };
  return { attempt, answer };
}

function statusOf(failure: ProviderFailure | null): CallStatus {
  if (failure === null) return "succeeded";
  return failure.kind === "client-aborted" ? "aborted" : "failed";
}

/** A stream whose first event is a failure never began: it is a failed attempt like any other. */
async function awaitFirstEvent(answer: ProviderAnswer): Promise<ProviderAnswer> {
  if (answer.kind !== "stream") return answer;
  const iterator = answer.events[Symbol.asyncIterator]();
  const first = await iterator.next();
  const hasBegun = first.done !== true && first.value.failure === null && first.value.data !== "[DONE]";
  if (hasBegun) return { ...answer, events: resume(first.value, iterator) };
  // Not to be read any further: the provider's connection is let go before the next target is tried.
  await iterator.return?.();
  const failure = first.done === true ? EMPTY_STREAM : (first.value.failure ?? EMPTY_STREAM);
  return { kind: "failure", failure, providerRequestId: answer.providerRequestId };
}

const EMPTY_STREAM: ProviderFailure = {
  kind: "bad-response",
  httpStatus: 200,
  message: "The provider answered with an empty stream.",
  code: null,
  param: null,
  retryAfterMs: null,
};

async function* resume(first: StreamEvent, rest: AsyncIterator<StreamEvent>): AsyncGenerator<StreamEvent> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
