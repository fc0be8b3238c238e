import { type Database, queryWithinTenant } from "#lib/db/client.ts";

/**
 * Writes a batch of one tenant's invocations with their attempts, and adds them to the hourly rollups, in one
 * transaction. A row that is already there is passed over and counted nowhere again: a batch can be sent twice.
 * Answers how many were new.
 */
export async function insertRows(database: Database, tenantId: string, rows: readonly string[]): Promise<number> {
  const batch = `[${rows.join(",")}]`;
  const [result] = await queryWithinTenant<{ inserted: number }>(database, tenantId, INSERT, [tenantId, batch]);
  return result?.inserted ?? 0;
}

const INVOCATION_COLUMNS = `
  id uuid, created_at timestamptz(3), request_id text, api_key_id uuid, function_slug text, mode text, tier text,
  route_version int, wire text, is_stream boolean, status text, http_status int, failure_kind text, provider text,
  model text, is_simulated boolean, attempt_count int, input_tokens int, output_tokens int, cached_input_tokens int,
  reasoning_tokens int, cost_nano_usd bigint, latency_ms int, first_token_ms int, overhead_us int, metadata jsonb`;

const ATTEMPT_COLUMNS = `
  number int, provider text, model text, connection text, is_simulated boolean, status text, failure_kind text, http_status int, message text, started_ms int, latency_ms int,
  first_token_ms int, input_tokens int, output_tokens int, cached_input_tokens int, reasoning_tokens int,
  cost_nano_usd bigint, provider_request_id text`;

/** The names of a column list without their types. */
function names(columns: string, prefix = ""): string {
  return columns
    .split(",")
    .map((column) => prefix + column.trim().split(" ")[0])
    .join(", ");
}

/**
 * Latency's bucket is computed in floating point: numeric logarithms took a quarter of the statement's time. What is
 * taken off keeps exact powers of two in the bucket that they close. Rollups are written in the order of their keys, so that two instances cannot
 * wait for each other.
 */
const INSERT = `
WITH batch AS (
  SELECT value FROM jsonb_array_elements($2::jsonb)
), inserted AS (
  INSERT INTO invocation (tenant_id, ${names(INVOCATION_COLUMNS)})
  SELECT $1::uuid, ${names(INVOCATION_COLUMNS, "r.")}
  FROM batch, jsonb_to_record(batch.value) AS r(${INVOCATION_COLUMNS})
  ON CONFLICT DO NOTHING
  RETURNING *
), attempts AS (
  INSERT INTO attempt (tenant_id, invocation_id, created_at, ${names(ATTEMPT_COLUMNS)})
  SELECT $1::uuid, inserted.id, inserted.created_at, ${names(ATTEMPT_COLUMNS, "a.")}
  FROM batch JOIN inserted ON inserted.id = (batch.value ->> 'id')::uuid,
    jsonb_to_recordset(batch.value -> 'attempts') AS a(${ATTEMPT_COLUMNS})
  ON CONFLICT DO NOTHING
), used AS (
  UPDATE api_key SET last_used_at = greatest(api_key.last_used_at, seen.at)
  FROM (SELECT api_key_id, max(created_at) AS at FROM inserted GROUP BY api_key_id) AS seen
  WHERE api_key.tenant_id = $1::uuid AND api_key.id = seen.api_key_id
), usage AS (
  INSERT INTO usage_hourly AS u (tenant_id, hour, function_slug, provider, model, is_simulated, requests, failures,
    unpriced, input_tokens, output_tokens, cached_input_tokens, reasoning_tokens, cost_nano_usd)
  SELECT $1::uuid, date_trunc('hour', created_at, 'UTC') AS h, coalesce(function_slug, '') AS f, coalesce(provider, '') AS p,
    coalesce(model, '') AS m, is_simulated, count(*), count(*) FILTER (WHERE status = 'failed'),
    count(*) FILTER (WHERE cost_nano_usd IS NULL), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),
    coalesce(sum(cached_input_tokens), 0), coalesce(sum(reasoning_tokens), 0), coalesce(sum(cost_nano_usd), 0)
  FROM inserted GROUP BY h, f, p, m, is_simulated ORDER BY h, f, p, m, is_simulated
  ON CONFLICT (tenant_id, hour, function_slug, provider, model, is_simulated) DO UPDATE SET
    requests = u.requests + excluded.requests,
    failures = u.failures + excluded.failures,
    unpriced = u.unpriced + excluded.unpriced,
    input_tokens = u.input_tokens + excluded.input_tokens,
    output_tokens = u.output_tokens + excluded.output_tokens,
    cached_input_tokens = u.cached_input_tokens + excluded.cached_input_tokens,
    reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens,
    cost_nano_usd = u.cost_nano_usd + excluded.cost_nano_usd
), latency AS (
  INSERT INTO latency_hourly AS l (tenant_id, hour, function_slug, bucket, requests)
  SELECT $1::uuid, date_trunc('hour', created_at, 'UTC') AS h, coalesce(function_slug, '') AS f,
    ceil(4 * ln(greatest(latency_ms, 1)::float8) / ln(2::float8) - 1e-9)::smallint AS b, count(*)
  FROM inserted GROUP BY h, f, b ORDER BY h, f, b
  ON CONFLICT (tenant_id, hour, function_slug, bucket) DO UPDATE SET requests = l.requests + excluded.requests
)
SELECT count(*)::int AS inserted FROM inserted`;
