import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { createFakeClock } from "#e2e/isolation/support/fake-clock.ts";
import { makeInvocation } from "#e2e/isolation/support/gateway.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { startTracing } from "./start-tracing.ts";

const SETTINGS = {
  url: "http://127.0.0.1:1/v1/traces",
  headers: {},
  serviceName: "gateway-of-the-test",
  resourceAttributes: { "deployment.environment.name": "test" },
};
/** As many spans as a call without attempts has. */
const LONE: Partial<InvocationRecord> = { attempts: [] };
const DELIVERED: ExportResult = { code: ExportResultCode.SUCCESS };
const REFUSED: ExportResult = { code: ExportResultCode.FAILED, error: new Error("connect ECONNREFUSED") };

/** Tracing whose batches wait until the test says what becomes of them. */
function open(answer: ExportResult | null) {
  const batches = new EventTarget();
  const exported: ReadableSpan[][] = [];
  const pending: (() => void)[] = [];
  const counts: Record<string, number> = {};
  const said: string[] = [];
  const state = { answer };
  const exporter: SpanExporter = {
    export(spans, done) {
      exported.push(spans);
      if (state.answer === null) pending.push(() => done(DELIVERED));
      else done(state.answer);
      batches.dispatchEvent(new Event("batch"));
    },
    shutdown: async () => {},
  };
  const log = {
    info: (_: object, message: string) => void said.push(message),
    warn: (_: object, message: string) => void said.push(message),
  };
  const clock = createFakeClock();
  const tracing = startTracing(SETTINGS, {
    clock,
    count: (outcome, spans) => {
      counts[outcome] = (counts[outcome] ?? 0) + spans;
    },
    log,
    exporter,
  });
  const observe = (calls: number, part = LONE) => {
    for (let call = 0; call < calls; call += 1) tracing.observe(makeInvocation(part));
  };
  return { clock, tracing, observe, exported, pending, counts, said, state, nextBatch: () => once(batches, "batch") };
}

test("what is left is sent when it closes, as the service that the settings name", async () => {
  const { tracing, observe, exported, counts } = open(DELIVERED);
  observe(3);
  await tracing.close();
  expect(exported.flat()).toHaveLength(3);
  expect(exported[0]?.[0]?.resource.attributes).toMatchObject({
    "service.name": "gateway-of-the-test",
    "deployment.environment.name": "test",
  });
  expect(counts).toEqual({ delivered: 3 });
});

test("the call that fills a batch does not wait for it to be encoded", async () => {
  const { tracing, observe, exported, nextBatch } = open(DELIVERED);
  const batch = nextBatch();
  observe(256);
  expect(exported).toEqual([]);
  await batch;
  expect(exported[0]).toHaveLength(256);
  await tracing.close();
});

test("while the collector does not answer so many wait and no more; the rest is dropped and counted", async () => {
  const { tracing, observe, exported, pending, counts, state } = open(null);
  observe(4_096);
  expect(counts).toEqual({});
  observe(10, {});
  expect(counts).toEqual({ dropped: 20 });
  await turn();
  expect(exported).toHaveLength(1);
  state.answer = DELIVERED;
  for (const answer of pending) answer();
  await tracing.close();
  expect(counts).toEqual({ dropped: 20, delivered: 4_096 });
  expect(exported.every((batch) => batch.length <= 256)).toBe(true);
});

test("an outage is said once, counted in full, and so is its end", async () => {
  const { tracing, observe, counts, said, state, nextBatch } = open(REFUSED);
  for (const answer of [REFUSED, REFUSED, DELIVERED, DELIVERED]) {
    state.answer = answer;
    const batch = nextBatch();
    observe(256);
    await batch;
    await turn();
  }
  await tracing.close();
  expect(counts).toEqual({ failed: 512, delivered: 512 });
  expect(said).toEqual([
    "traces are lost: OTEL_EXPORTER_OTLP_ENDPOINT does not take them",
    "traces are delivered again",
  ]);
});

test("an exporter that throws is a failed batch, and makes room like any other", async () => {
  const { tracing, observe, counts, exported } = open(DELIVERED);
  exported.push = () => {
    throw new Error("cannot be encoded");
  };
  observe(3);
  await tracing.close();
  expect(counts).toEqual({ failed: 3 });
});

test("a collector that does not answer holds up no end for longer than a few seconds", async () => {
  const { clock, tracing, observe, said, nextBatch } = open(null);
  observe(3);
  const batch = nextBatch();
  const closed = tracing.close();
  await batch;
  await clock.advance(5_000);
  await closed;
  expect(said).toEqual(["the last spans are lost: their collector takes too long"]);
});
