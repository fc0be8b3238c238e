import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, RandomIdGenerator, type SpanExporter } from "@opentelemetry/sdk-trace";
import type { TracingSettings } from "#lib/env/read-tracing.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { Clock } from "#lib/gateway/ports.ts";
import { countDelivery } from "./count-delivery.ts";
import { toSpans } from "./to-spans.ts";

/** `failed`: the collector did not take them. `dropped`: too many waited for it already. */
export type SpanOutcome = "delivered" | "failed" | "dropped";

export interface Tracing {
  /** Takes a call that has ended. Returns at once and never throws. */
  observe(invocation: InvocationRecord): void;
  /** Sends what is left, in a few seconds at most. */
  close(): Promise<void>;
}

export interface TracingPorts {
  clock: Pick<Clock, "schedule">;
  count(outcome: SpanOutcome, spanCount: number): void;
  log: Record<"info" | "warn", (details: object, message: string) => void>;
  /** For tests: else it posts OTLP to the collector. */
  exporter?: SpanExporter;
}

/** About 5 MB of them. */
const MAX_WAITING_SPANS = 4_096;
/** Encoding as many takes about three milliseconds, in which no call is answered. */
const BATCH_SPANS = 256;
const BATCH_MS = 1_000;
const CLOSE_MS = 5_000;

/** Sends each call's spans to a collector in batches. What it does not take is counted and gone. */
export function startTracing(settings: TracingSettings, { clock, count, log, exporter }: TracingPorts): Tracing {
  const ours = { ...settings.resourceAttributes, "service.name": settings.serviceName };
  const resource = defaultResource().merge(resourceFromAttributes(ours));
  const source = { resource, newSpanId: new RandomIdGenerator().generateSpanId };
  let waiting = 0;
  let isDelivering = true;

  const heard = (spanCount: number, problem: Error | null) => {
    waiting -= spanCount;
    count(problem === null ? "delivered" : "failed", spanCount);
    if ((problem === null) === isDelivering) return;
    isDelivering = problem === null;
    // Its words alone: what the collector answered may be anything.
    if (problem !== null)
      log.warn(reasonOf(problem), "traces are lost: OTEL_EXPORTER_OTLP_ENDPOINT does not take them");
    else log.info({}, "traces are delivered again");
  };
  const { url, headers } = settings;
  const processor = new BatchSpanProcessor({
    exporter: countDelivery(exporter ?? new OTLPTraceExporter({ url, headers }), heard),
    // Never full: what would not fit is not handed to it.
    maxQueueSize: MAX_WAITING_SPANS,
    maxExportBatchSize: BATCH_SPANS,
    scheduledDelayMillis: BATCH_MS,
  });
  return {
    observe(invocation) {
      const spans = toSpans(invocation, source);
      if (waiting + spans.length > MAX_WAITING_SPANS) {
        count("dropped", spans.length);
        return;
      }
      waiting += spans.length;
      for (const span of spans) processor.onEnd(span);
    },
    async close() {
      // Who could not be reached was told of above.
      const sent = processor.shutdown().catch(() => {});
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(resolve, CLOSE_MS);
        void sent.then(cancel).then(resolve);
      });
      if (waiting > 0) log.warn({ spans: waiting }, "the last spans are lost: their collector takes too long");
    },
  };
}

function reasonOf(problem: Error & { code?: unknown }) {
  return { reason: problem.message, code: problem.code };
}
