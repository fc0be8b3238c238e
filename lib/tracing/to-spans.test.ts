import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { emptyResource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { describe, expect, test } from "vitest";
import { makeAttempt, makeInvocation, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { toSpans } from "./to-spans.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const ID = "0190a000-0000-7000-8000-000000000001";

function spansOf(part: Partial<InvocationRecord> = {}): ReadableSpan[] {
  let made = 0;
  const newSpanId = () => {
    made += 1;
    return made.toString(16).padStart(16, "0");
  };
  return toSpans(makeInvocation({ id: ID, ...part }), { resource: emptyResource(), newSpanId });
}
function only(spans: readonly ReadableSpan[]): ReadableSpan {
  expect(spans).toHaveLength(1);
  return spans[0] as ReadableSpan;
}

test("a call is a span that serves, and each attempt one below it that calls out, at its own time", () => {
  const createdAtMs = Date.UTC(2026, 0, 31, 23, 59, 59, 999);
  const [call, first, second, ...others] = spansOf({
    createdAtMs,
    latencyMs: 1_500.5,
    attempts: [
      makeAttempt({ number: 1, startedMs: 1, latencyMs: 999.25, status: "failed", failureKind: "overloaded" }),
      makeAttempt({ number: 2, startedMs: 1_000.5, latencyMs: 500, provider: "other", model: "small" }),
    ],
  });
  expect(others).toEqual([]);
  expect([call?.name, first?.name, second?.name]).toEqual(["chat triage", "chat large", "chat small"]);
  expect([call?.kind, first?.kind, second?.kind]).toEqual([SpanKind.SERVER, SpanKind.CLIENT, SpanKind.CLIENT]);
  expect(call?.parentSpanContext).toBeUndefined();
  for (const attempt of [first, second]) expect(attempt?.parentSpanContext).toEqual(call?.spanContext());
  const seconds = Math.floor(createdAtMs / 1_000);
  expect([call?.startTime, call?.endTime]).toEqual([
    [seconds, 999_000_000],
    [seconds + 2, 499_500_000],
  ]);
  expect([first?.startTime, first?.endTime]).toEqual([
    [seconds + 1, 0],
    [seconds + 1, 999_250_000],
  ]);
  expect(second?.startTime).toEqual([seconds + 1, 999_500_000]);
});

describe("the caller's trace", () => {
  test("without one the trace has the invocation's id", () => {
    for (const traceparent of [null, "", "nonsense", `00-${TRACE}-${CALLER}-01-extra`, `ff-${TRACE}-${CALLER}-01`]) {
      const [call, attempt] = spansOf({ traceparent });
      expect(call?.spanContext()).toMatchObject({ traceId: ID.replaceAll("-", ""), traceFlags: 1 });
      expect(call?.parentSpanContext).toBeUndefined();
      expect(attempt?.spanContext().traceId).toBe(call?.spanContext().traceId);
    }
  });

  test("is gone on with, below the caller's span", () => {
    const [call, attempt] = spansOf({ traceparent: `00-${TRACE}-${CALLER}-01` });
    expect(call?.spanContext().traceId).toBe(TRACE);
    expect(call?.parentSpanContext).toEqual({ traceId: TRACE, spanId: CALLER, traceFlags: 1, isRemote: true });
    expect(attempt?.spanContext().traceId).toBe(TRACE);
    expect(attempt?.parentSpanContext).toEqual(call?.spanContext());
  });

  test("that is not sampled has no spans of ours", () => {
    expect(spansOf({ traceparent: `00-${TRACE}-${CALLER}-00` })).toEqual([]);
  });
});

test("a call tells by the conventions' names what it was, who answered and what came of it", () => {
  const [call] = spansOf({
    ...{ isStream: true, firstTokenMs: 250, provider: "azure-openai", overheadUs: 1_500, costNanoUsd: 1_500_000n },
    attempts: [makeAttempt()],
  });
  expect(call?.attributes).toEqual({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "azure.ai.openai",
    "gen_ai.request.model": "triage",
    "gen_ai.request.stream": true,
    "gen_ai.response.model": "large",
    "gen_ai.response.time_to_first_chunk": 0.25,
    "http.request.method": "POST",
    "http.response.status_code": 200,
    "http.route": "/v1/chat/completions",
    "switchyard.invocation.id": ID,
    "switchyard.request.id": "request-1",
    "switchyard.tenant.id": "0190a000-0000-7000-8000-00000000000a",
    "switchyard.function": "triage",
    "switchyard.mode": "platform-managed",
    "switchyard.tier": "balanced",
    "switchyard.route_version": 7,
    "switchyard.delivery": "live",
    "switchyard.attempts": 1,
    "switchyard.simulated": false,
    "switchyard.usage.input_tokens": 100,
    "switchyard.usage.output_tokens": 20,
    "switchyard.cost_usd": 0.0015,
    "switchyard.overhead_ms": 1.5,
  });
});

test("an attempt tells where it went, why, what it used and how it failed", () => {
  const usage = { ...makeUsage(100, 20), cachedInputTokens: 40, cacheWriteTokens: 10, reasoningTokens: 5 };
  const refused = makeAttempt({ number: 1, status: "failed", failureKind: "overloaded", httpStatus: 529 });
  const answered = makeAttempt({ number: 2, provider: "bedrock", host: "b.example", usage, costNanoUsd: 2_000n });
  const [, first, second] = spansOf({ attempts: [refused, answered] });
  const target = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "large",
    "switchyard.connection.id": "platform:acme",
    "switchyard.simulated": false,
    "switchyard.attempt.reason": "first choice of triage in the balanced tier",
  };
  expect(first?.attributes).toEqual({
    ...target,
    "gen_ai.provider.name": "acme",
    "server.address": "api.acme.example",
    "http.response.status_code": 529,
    "error.type": "overloaded",
    "switchyard.attempt.number": 1,
    "switchyard.attempt.is_retry": false,
  });
  expect(second?.attributes).toEqual({
    ...target,
    "gen_ai.provider.name": "aws.bedrock",
    "server.address": "b.example",
    "http.response.status_code": 200,
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.output_tokens": 20,
    "gen_ai.usage.cache_read.input_tokens": 40,
    "gen_ai.usage.cache_creation.input_tokens": 10,
    "gen_ai.usage.reasoning.output_tokens": 5,
    "switchyard.cost_usd": 0.000002,
    "switchyard.attempt.number": 2,
    "switchyard.attempt.is_retry": true,
  });
});

test("tokens are summed up once by who sums up a trace", () => {
  const spans = spansOf({ usage: makeUsage(100, 20), attempts: [makeAttempt({ usage: makeUsage(100, 20) })] });
  const sum = spans.map(({ attributes }) => Number(attributes["gen_ai.usage.input_tokens"] ?? 0));
  expect(sum.reduce((all, one) => all + one)).toBe(100);
});

test("embeddings are named as such, and a call without any target by its operation alone", () => {
  expect(spansOf({ wire: "openai-embeddings" })[0]?.name).toBe("embeddings triage");
  const direct = { functionSlug: null, provider: "vllm", model: "llama", attempts: [] };
  expect(only(spansOf(direct))).toMatchObject({
    name: "chat vllm/llama",
    attributes: { "gen_ai.request.model": "vllm/llama" },
  });
  const nowhere = only(spansOf({ ...direct, provider: null, model: null }));
  expect(nowhere.name).toBe("chat");
  expect(nowhere.attributes).not.toHaveProperty("gen_ai.provider.name");
});

test.each<[string, Partial<InvocationRecord>, SpanStatusCode]>([
  ["a success", {}, SpanStatusCode.UNSET],
  ["a failure of every target", { status: "failed", httpStatus: 502, failureKind: "x" }, SpanStatusCode.ERROR],
  ["a stream that broke", { status: "failed", httpStatus: 200, failureKind: "x" }, SpanStatusCode.ERROR],
  ["a request that was at fault", { status: "failed", httpStatus: 400, failureKind: "x" }, SpanStatusCode.UNSET],
  ["a caller that left", { status: "aborted", httpStatus: 200, failureKind: "x" }, SpanStatusCode.UNSET],
])("%s has the status that the conventions give it", (_, part, code) => {
  const [call] = spansOf(part);
  expect(call?.status).toEqual({ code });
  expect(call?.attributes["error.type"]).toBe(part.failureKind);
});

test("what people or providers wrote is in no span", () => {
  const secret = "the prompt";
  const spans = spansOf({
    metadata: { feature: secret },
    attempts: [makeAttempt({ status: "failed", message: secret, providerRequestId: secret })],
    rejected: [{ provider: "acme", model: "large", reason: secret }],
  });
  expect(spans).toHaveLength(2);
  expect(JSON.stringify(spans)).not.toContain(secret);
});

test("a name that a caller made up is cut off, and is text that can be sent", () => {
  const [call] = spansOf({ functionSlug: null, provider: "vllm", model: `\ud800${"x".repeat(10_000)}` });
  expect(call?.name).toHaveLength(256);
  expect(call?.attributes["gen_ai.response.model"]).toHaveLength(256);
  expect(call?.name.isWellFormed()).toBe(true);
});
