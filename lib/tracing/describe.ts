import type { Attributes } from "@opentelemetry/api";
import type { AttemptRecord, InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import { conventionalName } from "./provider-names.ts";

interface Operation {
  /** `gen_ai.operation.name`. */
  name: string;
  route: string;
}

export const OPERATIONS = {
  "openai-chat": { name: "chat", route: "/v1/chat/completions" },
  "openai-responses": { name: "chat", route: "/v1/responses" },
  "openai-embeddings": { name: "embeddings", route: "/v1/embeddings" },
  "anthropic-messages": { name: "chat", route: "/v1/messages" },
  "anthropic-count-tokens": { name: "count_tokens", route: "/v1/messages/count_tokens" },
} as const satisfies Record<WireId, Operation>;

/** What the caller asked for: a function by its slug, or a model by `provider/model`. Null: no target was ever named. */
export function askedFor({ functionSlug, provider, model }: InvocationRecord): string | null {
  if (functionSlug !== null) return functionSlug;
  return provider === null || model === null ? null : `${provider}/${model}`;
}

/**
 * A call, by OpenTelemetry's HTTP and GenAI conventions. Tokens are on the attempts alone under the conventions' names:
 * who sums a trace up would count them twice. Metadata and messages stay out, since people's words may be in them.
 */
export function describeCall(record: InvocationRecord): Attributes {
  const { name, route } = OPERATIONS[record.wire];
  return withoutBlanks({
    "gen_ai.operation.name": name,
    "gen_ai.provider.name": record.provider === null ? null : conventionalName(record.provider),
    "gen_ai.request.model": askedFor(record),
    "gen_ai.request.stream": record.isStream || null,
    "gen_ai.response.model": record.status === "succeeded" ? record.model : null,
    "gen_ai.response.time_to_first_chunk": toSeconds(record.firstTokenMs),
    "http.request.method": "POST",
    "http.response.status_code": record.httpStatus,
    "http.route": route,
    "error.type": record.failureKind,
    "switchyard.invocation.id": record.id,
    "switchyard.request.id": record.requestId,
    "switchyard.tenant.id": record.tenantId,
    "switchyard.function": record.functionSlug,
    "switchyard.mode": record.mode,
    "switchyard.tier": record.tier,
    "switchyard.route_version": record.routeVersion,
    "switchyard.delivery": record.delivery,
    "switchyard.attempts": record.attempts.length,
    "switchyard.simulated": record.isSimulated,
    "switchyard.usage.input_tokens": record.usage?.inputTokens,
    "switchyard.usage.output_tokens": record.usage?.outputTokens,
    "switchyard.cost_usd": toUsd(record.costNanoUsd),
    "switchyard.overhead_ms": record.overheadUs / 1_000,
  });
}

/** One try of one target, by the GenAI conventions for a client. `previous`: the attempt before it. */
export function describeAttempt(
  { wire, isStream }: InvocationRecord,
  attempt: AttemptRecord,
  previous: AttemptRecord | null,
): Attributes {
  const { usage } = attempt;
  return withoutBlanks({
    "gen_ai.operation.name": OPERATIONS[wire].name,
    "gen_ai.provider.name": conventionalName(attempt.provider),
    "gen_ai.request.model": attempt.model,
    "gen_ai.request.stream": isStream || null,
    "gen_ai.response.time_to_first_chunk": toSeconds(attempt.firstTokenMs),
    "gen_ai.usage.input_tokens": usage?.inputTokens,
    "gen_ai.usage.output_tokens": usage?.outputTokens,
    "gen_ai.usage.cache_read.input_tokens": usage?.cachedInputTokens,
    "gen_ai.usage.cache_creation.input_tokens": usage?.cacheWriteTokens,
    "gen_ai.usage.reasoning.output_tokens": usage?.reasoningTokens,
    "server.address": attempt.host,
    "http.response.status_code": attempt.httpStatus,
    "error.type": attempt.failureKind,
    "switchyard.connection.id": attempt.connectionId,
    "switchyard.simulated": attempt.isSimulated,
    "switchyard.usage.estimated": attempt.isUsageEstimated || null,
    "switchyard.cost_usd": toUsd(attempt.costNanoUsd),
    "switchyard.attempt.number": attempt.number,
    "switchyard.attempt.reason": attempt.reason,
    "switchyard.attempt.is_retry":
      previous !== null && previous.connectionId === attempt.connectionId && previous.model === attempt.model,
  });
}

/** Longer than every name of ours: callers and providers may make up theirs. */
const MAX_TEXT_LENGTH = 256;

function withoutBlanks(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Attributes {
  const attributes: Attributes = {};
  for (const name in values) {
    const value = values[name];
    if (value != null) attributes[name] = typeof value === "string" ? clip(value) : value;
  }
  return attributes;
}

export function clip(text: string): string {
  return text.slice(0, MAX_TEXT_LENGTH).toWellFormed();
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}

function toUsd(nanoUsd: bigint | null): number | null {
  return nanoUsd === null ? null : Number(nanoUsd) / 1e9;
}
