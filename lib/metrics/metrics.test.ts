import { expect, test } from "vitest";
import { makeAttempt, makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { createMetrics } from "./metrics.ts";

const metricsOf = (circuits: { connectionId: string; model: string; state: "ready" | "open" | "cooling" }[] = []) =>
  createMetrics({ circuits: () => circuits, isKnownModel: (provider) => provider === "acme" });

test("a call, its attempts, its tokens and its time are counted", async () => {
  const metrics = metricsOf();
  const failed = makeAttempt({ status: "failed", failureKind: "overloaded" });
  metrics.observe(makeInvocation({ attempts: [failed, makeAttempt()], firstTokenMs: 300 }));
  const lines = (await metrics.render()).split("\n");
  expect(lines).toContain('switchyard_calls_total{wire="openai-chat",status="succeeded"} 1');
  expect(lines).toContain('switchyard_attempts_total{provider="acme",model="large",outcome="overloaded"} 1');
  expect(lines).toContain('switchyard_attempts_total{provider="acme",model="large",outcome="succeeded"} 1');
  expect(lines).toContain('switchyard_tokens_total{provider="acme",direction="input"} 100');
  expect(lines).toContain('switchyard_first_token_seconds_bucket{le="0.5",provider="acme"} 1');
  expect(lines).toContain("switchyard_overhead_seconds_count 1");
});

test("models that a caller makes up share one label", async () => {
  const metrics = metricsOf();
  const made = (model: string) => makeAttempt({ provider: "vllm", pricedAs: "vllm", model });
  metrics.observe(makeInvocation({ attempts: [made("x1"), made("x2")] }));
  expect(await metrics.render()).toContain('{provider="vllm",model="other",outcome="succeeded"} 2');
});

test("spans are counted by what became of them", async () => {
  const metrics = metricsOf();
  metrics.countSpans("delivered", 3);
  metrics.countSpans("dropped", 2);
  metrics.countSpans("dropped", 5);
  const lines = (await metrics.render()).split("\n");
  expect(lines).toContain('switchyard_trace_spans_total{outcome="delivered"} 3');
  expect(lines).toContain('switchyard_trace_spans_total{outcome="dropped"} 7');
});

test("a circuit is in one state at a time, and a forgotten one is gone", async () => {
  const circuits = [{ connectionId: "platform:acme", model: "large", state: "open" as const }];
  const metrics = metricsOf(circuits);
  const text = await metrics.render();
  expect(text).toContain('switchyard_circuit_state{connection="platform:acme",model="large",state="open"} 1');
  expect(text).toContain('switchyard_circuit_state{connection="platform:acme",model="large",state="ready"} 0');
  circuits.pop();
  expect(await metrics.render()).not.toContain("platform:acme");
});
