import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { Usage } from "#lib/gateway/contract/usage.ts";

/**
 * An invocation as one line of JSON, its keys the columns of `invocation` and, below `attempts`, of `attempt`: what the
 * spool keeps and what PostgreSQL takes as it stands.
 */
export function toRow(record: InvocationRecord): string {
  const createdAt = new Date(record.createdAtMs).toISOString();
  return storable(
    JSON.stringify({
      id: record.id,
      created_at: createdAt,
      request_id: record.requestId,
      api_key_id: record.apiKeyId,
      function_slug: record.functionSlug,
      mode: record.mode,
      tier: record.tier,
      route_version: record.routeVersion,
      wire: record.wire,
      is_stream: record.isStream,
      status: record.status,
      http_status: record.httpStatus,
      failure_kind: record.failureKind,
      provider: record.provider,
      model: record.model,
      is_simulated: record.isSimulated,
      attempt_count: record.attempts.length,
      ...tokens(record.usage),
      cost_nano_usd: record.costNanoUsd?.toString() ?? null,
      latency_ms: Math.round(record.latencyMs),
      first_token_ms: roundOrNull(record.firstTokenMs),
      overhead_us: record.overheadUs,
      metadata: record.metadata,
      attempts: record.attempts.map((attempt) => ({
        invocation_id: record.id,
        created_at: createdAt,
        number: attempt.number,
        provider: attempt.provider,
        model: attempt.model,
        connection: attempt.connectionId,
        is_simulated: attempt.isSimulated,
        status: attempt.status,
        failure_kind: attempt.failureKind,
        http_status: attempt.httpStatus,
        message: attempt.message,
        started_ms: Math.round(attempt.startedMs),
        latency_ms: Math.round(attempt.latencyMs),
        first_token_ms: roundOrNull(attempt.firstTokenMs),
        ...tokens(attempt.usage),
        cost_nano_usd: attempt.costNanoUsd?.toString() ?? null,
        provider_request_id: attempt.providerRequestId,
      })),
    }),
  );
}

function tokens(usage: Usage | null) {
  return {
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    cached_input_tokens: usage?.cachedInputTokens ?? null,
    reasoning_tokens: usage?.reasoningTokens ?? null,
  };
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/**
 * PostgreSQL's JSON takes neither NUL nor lone surrogates, which names and messages from outside can hold. An escaped
 * backslash is passed over whole: what stands after it is text.
 */
function storable(json: string): string {
  if (!json.includes("\\u")) return json;
  return json.replace(/\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, (found) => (found === "\\\\" ? found : "\\ufffd"));
}
