import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { Usage } from "#lib/gateway/contract/usage.ts";

/**
 * An invocation as one line of JSON, its keys the columns of `invocation` and, below `attempts`, of `attempt`: what the
 * spool keeps and what PostgreSQL takes as it stands. What is null is left out, and an attempt's invocation and time are
 * said once: every byte is written, sent and parsed again for every call.
 */
export function toRow(record: InvocationRecord): string {
  return storable(
    JSON.stringify({
      id: record.id,
      created_at: new Date(record.createdAtMs).toISOString(),
      request_id: record.requestId,
      api_key_id: record.apiKeyId ?? undefined,
      function_slug: record.functionSlug ?? undefined,
      mode: record.mode,
      tier: record.tier ?? undefined,
      route_version: record.routeVersion,
      wire: record.wire,
      is_stream: record.isStream,
      status: record.status,
      http_status: record.httpStatus,
      failure_kind: record.failureKind ?? undefined,
      provider: record.provider ?? undefined,
      model: record.model ?? undefined,
      is_simulated: record.isSimulated,
      attempt_count: record.attempts.length,
      ...tokens(record.usage),
      cost_nano_usd: record.costNanoUsd?.toString(),
      latency_ms: Math.round(record.latencyMs),
      first_token_ms: roundIfKnown(record.firstTokenMs),
      overhead_us: record.overheadUs,
      metadata: record.metadata ?? undefined,
      attempts: record.attempts.map((attempt) => ({
        number: attempt.number,
        provider: attempt.provider,
        model: attempt.model,
        connection: attempt.connectionId,
        is_simulated: attempt.isSimulated,
        status: attempt.status,
        failure_kind: attempt.failureKind ?? undefined,
        http_status: attempt.httpStatus ?? undefined,
        message: attempt.message ?? undefined,
        started_ms: Math.round(attempt.startedMs),
        latency_ms: Math.round(attempt.latencyMs),
        first_token_ms: roundIfKnown(attempt.firstTokenMs),
        ...tokens(attempt.usage),
        cost_nano_usd: attempt.costNanoUsd?.toString(),
        provider_request_id: attempt.providerRequestId ?? undefined,
      })),
    }),
  );
}

function tokens(usage: Usage | null) {
  return {
    input_tokens: usage?.inputTokens,
    output_tokens: usage?.outputTokens,
    cached_input_tokens: usage?.cachedInputTokens,
    reasoning_tokens: usage?.reasoningTokens,
  };
}

function roundIfKnown(value: number | null): number | undefined {
  return value === null ? undefined : Math.round(value);
}

/**
 * PostgreSQL's JSON takes neither NUL nor lone surrogates, which names and messages from outside can hold. An escaped
 * backslash is passed over whole: what stands after it is text.
 */
function storable(json: string): string {
  if (!json.includes("\\u")) return json;
  return json.replace(/\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, (found) => (found === "\\\\" ? found : "\\ufffd"));
}
