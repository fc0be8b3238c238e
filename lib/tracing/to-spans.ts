import { type Attributes, type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { millisToHrTime, parseTraceParent } from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { askedFor, clip, describeAttempt, describeCall, OPERATIONS } from "./describe.ts";

export interface SpanSource {
  /** What the spans are of: this service. */
  resource: Resource;
  /** Eight random bytes in hex. */
  newSpanId(): string;
}

/**
 * A call that has ended as one span, and each of its attempts as one below it; none where the caller said that its trace
 * is not sampled. Without a caller's trace it has the invocation's id, so that who has the one finds the other.
 */
export function toSpans(record: InvocationRecord, source: SpanSource): ReadableSpan[] {
  const parent = record.traceparent === null ? null : parseTraceParent(record.traceparent);
  if (parent !== null && (parent.traceFlags & TraceFlags.SAMPLED) === 0) return [];
  const traceId = parent?.traceId ?? record.id.replaceAll("-", "");
  const newContext = (): SpanContext => ({ traceId, spanId: source.newSpanId(), traceFlags: TraceFlags.SAMPLED });
  const context = newContext();
  const operation = OPERATIONS[record.wire].name;
  const call = toSpan(source.resource, {
    name: nameOf(operation, askedFor(record)),
    kind: SpanKind.SERVER,
    context,
    parent: parent === null ? undefined : { ...parent, isRemote: true },
    startMs: record.createdAtMs,
    latencyMs: record.latencyMs,
    isError: isServerError(record),
    attributes: describeCall(record),
  });
  const attempts = record.attempts.map((attempt, at) =>
    toSpan(source.resource, {
      name: nameOf(operation, attempt.model),
      kind: SpanKind.CLIENT,
      context: newContext(),
      parent: context,
      startMs: record.createdAtMs + attempt.startedMs,
      latencyMs: attempt.latencyMs,
      isError: attempt.status === "failed",
      attributes: describeAttempt(record, attempt, record.attempts[at - 1] ?? null),
    }),
  );
  return [call, ...attempts];
}

function nameOf(operation: string, model: string | null): string {
  return model === null ? operation : clip(`${operation} ${model}`);
}

/** A caller's own mistake, answered with a 4xx, is no error of the server that tells of it. */
function isServerError({ status, httpStatus }: InvocationRecord): boolean {
  return status === "failed" && (httpStatus < 400 || httpStatus >= 500);
}

interface SpanParts {
  name: string;
  kind: SpanKind;
  context: SpanContext;
  parent: SpanContext | undefined;
  /** Epoch milliseconds. */
  startMs: number;
  latencyMs: number;
  isError: boolean;
  attributes: Attributes;
}

/** The encoder puts the spans of one scope, that is of this very object, together. */
const SCOPE = { name: "switchyard" };

function toSpan(resource: Resource, parts: SpanParts): ReadableSpan {
  const { name, kind, context, parent, startMs, latencyMs, isError, attributes } = parts;
  return {
    name,
    kind,
    spanContext: () => context,
    parentSpanContext: parent,
    startTime: millisToHrTime(startMs),
    endTime: millisToHrTime(startMs + latencyMs),
    duration: millisToHrTime(latencyMs),
    ended: true,
    // Without words: a provider's message may quote the prompt.
    status: { code: isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes,
    links: [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource,
    instrumentationScope: SCOPE,
  };
}
