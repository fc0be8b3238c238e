import type { Transaction } from "#lib/db/client.ts";
import type { ConnectionActivity } from "./health/schemas.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;

export const NO_ACTIVITY: ConnectionActivity = { attempts: 0, failures: 0, lastSuccessAt: null };

/** What came of the tenant's attempts at each of these connections, by id. Reads the ledger's rollup of them. */
export async function readActivity(
  tx: Transaction,
  tenantId: string,
  { ids, now }: { ids: readonly string[]; now: Date },
): Promise<ReadonlyMap<string, ConnectionActivity>> {
  const from = new Date((Math.floor(now.getTime() / HOUR_MS) - (HOURS - 1)) * HOUR_MS);
  const rows = await tx.$queryRaw<{ id: string; attempts: number; failures: number; lastSuccessAt: Date | null }[]>`
    SELECT one.id, recent.attempts, recent.failures, latest.last_success_at AS "lastSuccessAt"
    FROM unnest(${ids}::text[]) AS one(id),
      LATERAL (
        SELECT coalesce(sum(attempts), 0)::int AS attempts, coalesce(sum(failures), 0)::int AS failures
        FROM connection_hourly WHERE tenant_id = ${tenantId}::uuid AND connection = one.id AND hour >= ${from}
      ) AS recent
      LEFT JOIN LATERAL (
        SELECT last_success_at FROM connection_hourly
        WHERE tenant_id = ${tenantId}::uuid AND connection = one.id AND last_success_at IS NOT NULL
        ORDER BY hour DESC LIMIT 1
      ) AS latest ON true`;
  return new Map(
    rows.map(({ id, attempts, failures, lastSuccessAt }) => [
      id,
      { attempts, failures, lastSuccessAt: lastSuccessAt?.toISOString() ?? null },
    ]),
  );
}
