import { Gauge, Registry } from "prom-client";
import type { AttemptRecord, InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { TargetHealth } from "#lib/gateway/ports.ts";
import { createCounter } from "./counter.ts";
import { createHistogram } from "./histogram.ts";

/** One target's circuit, as the gateway knows it. */
interface Circuit {
  connectionId: string;
  model: string;
  state: TargetHealth["state"];
}

interface MetricsSources {
  circuits(): readonly Circuit[];
  /** Models by `provider/model`: others, which a caller may name at will, share one label. */
  isKnownModel(provider: string, model: string): boolean;
}

export interface Metrics {
  /** Counts a call that has ended. */
  observe(invocation: InvocationRecord): void;
  /** Counts spans by what became of them: `delivered`, `failed` or `dropped`. */
  countSpans(outcome: string, spanCount: number): void;
  /** In Prometheus's text format. */
  render(): Promise<string>;
  contentType: string;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const OVERHEAD_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25];
const STATES = ["ready", "open", "cooling"] as const;

/** What an operator watches. Tenants are not labels: their figures are in the ledger, and there may be thousands. */
export function createMetrics({ circuits, isKnownModel }: MetricsSources): Metrics {
  const registry = new Registry();
  const labelOf = (provider: string, model: string) => (isKnownModel(provider, model) ? model : "other");
  const calls = createCounter(registry, {
    name: "switchyard_calls_total",
    help: "Calls by wire and by how they ended.",
    labelNames: ["wire", "status"],
  });
  const attempts = createCounter(registry, {
    name: "switchyard_attempts_total",
    help: "Attempts by target and outcome: succeeded, aborted, or the kind of failure.",
    labelNames: ["provider", "model", "outcome"],
  });
  const duration = createHistogram(registry, {
    name: "switchyard_attempt_duration_seconds",
    help: "Time from an attempt's start to its end.",
    labelName: "provider",
    buckets: SECONDS,
  });
  const firstToken = createHistogram(registry, {
    name: "switchyard_first_token_seconds",
    help: "Time from a call's arrival to the first token of its stream.",
    labelName: "provider",
    buckets: SECONDS,
  });
  const overhead = createHistogram(registry, {
    name: "switchyard_overhead_seconds",
    help: "Time of a call spent in the gateway itself.",
    labelName: null,
    buckets: OVERHEAD_SECONDS,
  });
  const tokens = createCounter(registry, {
    name: "switchyard_tokens_total",
    help: "Tokens by provider and direction.",
    labelNames: ["provider", "direction"],
  });
  const spans = createCounter(registry, {
    name: "switchyard_trace_spans_total",
    help: "Spans by outcome: delivered, failed (the collector did not take them), dropped (too many waited for it).",
    labelNames: ["outcome"],
  });
  new Gauge({
    name: "switchyard_circuit_state",
    help: "1 for the state that a target's circuit is in: ready, open (only probed) or cooling (asked to be left alone).",
    labelNames: ["connection", "model", "state"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { connectionId, model, state } of circuits()) {
        const provider = connectionId.slice(connectionId.indexOf(":") + 1);
        for (const one of STATES) {
          this.set({ connection: connectionId, model: labelOf(provider, model), state: one }, one === state ? 1 : 0);
        }
      }
    },
  });
  const observeAttempt = (attempt: AttemptRecord) => {
    const { provider, status } = attempt;
    const outcome = status === "failed" ? (attempt.failureKind ?? "failed") : status;
    attempts.add([provider, labelOf(attempt.pricedAs, attempt.model), outcome], 1);
    duration.observe(provider, attempt.latencyMs / 1000);
  };

  return {
    observe({ wire, status, provider, usage, firstTokenMs, overheadUs, attempts: all }) {
      calls.add([wire, status], 1);
      overhead.observe("", overheadUs / 1_000_000);
      for (const attempt of all) observeAttempt(attempt);
      if (provider === null) return;
      if (firstTokenMs !== null) firstToken.observe(provider, firstTokenMs / 1000);
      if (usage === null) return;
      tokens.add([provider, "input"], usage.inputTokens);
      tokens.add([provider, "output"], usage.outputTokens);
    },
    countSpans: (outcome, spanCount) => spans.add([outcome], spanCount),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
