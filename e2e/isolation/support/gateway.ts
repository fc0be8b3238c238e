import type { AttemptRecord, InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { Connection, Principal, RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import type { PlannedTarget } from "#lib/gateway/routing/plan.ts";

/** A small tenant for tests of the engine: two real accounts, three models, one chat function, one of embeddings. */
export function makeSnapshot(part: Partial<RoutingSnapshot> = {}): RoutingSnapshot {
  const large = { provider: "acme", model: "large" };
  const small = { provider: "acme", model: "small" };
  const basic = { provider: "other", model: "basic" };
  const size = { contextTokens: 100_000 };
  return {
    tenantId: "0190a000-0000-7000-8000-00000000000a",
    tenantSlug: "acme-inc",
    routeVersion: 7,
    mode: "platform-managed",
    tier: "balanced",
    functions: new Map([
      [
        "triage",
        {
          slug: "triage",
          name: "Triage",
          description: "Sorts",
          needs: { ...size, capabilities: [] },
          defaults: { temperature: 0.2, maxOutputTokens: 400 },
          delivery: "live",
        },
      ],
      [
        "search",
        {
          slug: "search",
          name: "Search",
          description: "Finds",
          needs: { ...size, capabilities: ["embeddings"] },
          defaults: {},
          delivery: "live",
        },
      ],
    ]),
    models: new Map([
      ["acme/large", { provider: "acme", id: "large", name: "L", ...size, capabilities: ["tools", "vision", "json"] }],
      [
        "acme/small",
        { provider: "acme", id: "small", name: "S", ...size, capabilities: ["tools"], refuses: ["temperature"] },
      ],
      ["other/basic", { provider: "other", id: "basic", name: "B", ...size, capabilities: [] }],
    ]),
    chains: new Map([["triage", { performance: [large, basic], balanced: [small, large, basic], economy: [basic] }]]),
    connections: [makeConnection("acme"), makeConnection("other")],
    demoConnection: null,
    functionTiers: new Map(),
    ownChains: { overrides: new Map(), fallback: [] },
    hasPlatformFallback: false,
    residency: null,
    deadlineMs: 60_000,
    canRetryFiltered: false,
    ...part,
  };
}

/** An account at a provider of OpenAI's chat wire, which nothing else reaches. */
export function makeConnection(provider: string, part: Partial<Connection> = {}): Connection {
  return {
    id: `platform:${provider}`,
    provider,
    name: provider,
    owner: "platform",
    hosting: "cloud",
    regions: [],
    host: `api.${provider}.example`,
    models: [],
    ownPrice: null,
    unopened: null,
    isSimulated: false,
    wires: ["openai-chat"],
    translation: null,
    timeouts: { firstTokenMs: 1_000, idleMs: 500 },
    ...part,
  };
}

export const DEMO_CONNECTION = makeConnection("demo", { id: "demo", isSimulated: true });

export function makePrincipal(part: Partial<Principal> = {}): Principal {
  return {
    tenantId: "0190a000-0000-7000-8000-00000000000a",
    apiKeyId: "0190a000-0000-7000-8000-00000000000b",
    name: "Key",
    scopes: ["gateway:invoke"],
    functions: [],
    canCallModels: false,
    expiresAtMs: null,
    ...part,
  };
}

export function makeTarget(part: Partial<PlannedTarget> = {}): PlannedTarget {
  return {
    connection: makeConnection("acme"),
    provider: "acme",
    pricedAs: "acme",
    model: "large",
    via: "native",
    leavesOut: [],
    contextTokens: 100_000,
    prefill: null,
    defaults: {},
    refuses: [],
    patience: {},
    reason: "first choice",
    ...part,
  };
}

export function makeFailure(kind: ProviderFailure["kind"], part: Partial<ProviderFailure> = {}): ProviderFailure {
  return { kind, httpStatus: 500, message: `It was ${kind}.`, code: null, param: null, retryAfterMs: null, ...part };
}

export function makeAttempt(part: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    number: 1,
    provider: "acme",
    pricedAs: "acme",
    ownPrice: null,
    model: "large",
    connectionId: "platform:acme",
    host: "api.acme.example",
    reason: "first choice of triage in the balanced tier",
    isSimulated: false,
    status: "succeeded",
    failureKind: null,
    httpStatus: 200,
    message: null,
    startedMs: 1,
    latencyMs: 20,
    firstTokenMs: null,
    usage: null,
    isUsageEstimated: false,
    costNanoUsd: null,
    providerRequestId: null,
    ...part,
  };
}

export function makeUsage(inputTokens: number, outputTokens: number) {
  return { inputTokens, outputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
}

export function makeEvent(part: Partial<StreamEvent>): StreamEvent {
  return {
    sse: null,
    hasContent: false,
    text: "",
    hasMoreThanText: false,
    usage: null,
    finishReason: null,
    isEnd: false,
    failure: null,
    ...part,
  };
}

export function makeInvocation(part: Partial<InvocationRecord> = {}): InvocationRecord {
  return {
    id: "0190a000-0000-7000-8000-000000000001",
    tenantId: "0190a000-0000-7000-8000-00000000000a",
    createdAtMs: Date.UTC(2026, 0, 31, 23, 59, 59, 999),
    requestId: "request-1",
    apiKeyId: "0190a000-0000-7000-8000-00000000000b",
    functionSlug: "triage",
    mode: "platform-managed",
    tier: "balanced",
    routeVersion: 7,
    wire: "openai-chat",
    isStream: false,
    delivery: "live",
    status: "succeeded",
    httpStatus: 200,
    failureKind: null,
    provider: "acme",
    model: "large",
    isSimulated: false,
    usage: makeUsage(100, 20),
    costNanoUsd: 1_500n,
    latencyMs: 20,
    firstTokenMs: null,
    overheadUs: 300,
    metadata: null,
    traceparent: null,
    attempts: [makeAttempt({ usage: makeUsage(100, 20), costNanoUsd: 1_500n })],
    rejected: [],
    ...part,
  };
}
