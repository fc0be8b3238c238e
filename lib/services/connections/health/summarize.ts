import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import type { ConnectionHealthModel } from "#lib/db/rows.ts";
import type { RouteConfig } from "../../route-versions/config.ts";
import { servedOnlyBy } from "../find-use.ts";
import type { StoredConnection } from "../stored.ts";
import { CHECK_EVERY_MS } from "./claim.ts";
import { compareModels } from "./compare-models.ts";
import type { HealthDto } from "./schemas.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** After so long without a check nobody knows how it is: the gateway may have been stopped. */
const STALE_MS = 5 * CHECK_EVERY_MS;

const modelIds = z.array(z.string()).nullable();

/** How each server of the tenant does by its id; connections that are not checked are not in it. */
export async function summarizeHealth(
  tx: Transaction,
  tenantId: string,
  { config, rows, now }: { config: RouteConfig; rows: readonly StoredConnection[]; now: Date },
): Promise<ReadonlyMap<string, HealthDto>> {
  const checked = await tx.connectionHealth.findMany({ where: { tenantId } });
  if (checked.length === 0) return new Map();
  const hours = await readHours(tx, tenantId, now);
  return new Map(
    rows.flatMap((row): [string, HealthDto][] => {
      const health = checked.find(({ connectionId }) => connectionId === row.id);
      if (health === undefined) return [];
      const discovered = row.models.map(({ id }) => id);
      const has = modelIds.parse(health.models);
      const models = compareModels(config, { has, discovered, isOnlyHere: servedOnlyBy(row, rows) });
      return [[row.id, { ...describeHealth(health, now), ...models, hours: hours(row.id) }]];
    }),
  );
}

function describeHealth(health: ConnectionHealthModel, now: Date) {
  const { isUp, since, checkedAt, latencyMs, failedAt, failureKind, problem } = health;
  const isFresh = checkedAt !== null && now.getTime() - checkedAt.getTime() < STALE_MS;
  return {
    status: !isFresh || isUp === null ? ("unknown" as const) : isUp ? ("up" as const) : ("down" as const),
    since: since?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    latencyMs,
    lastFailure: failedAt && { at: failedAt.toISOString(), kind: failureKind ?? "", problem: problem ?? "" },
  };
}

async function readHours(tx: Transaction, tenantId: string, now: Date) {
  const last = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const from = new Date(last - (HOURS - 1) * HOUR_MS);
  const rows = await tx.$queryRaw<{ id: string; hour: Date; checks: number; failures: number }[]>`
    SELECT connection_id AS id, date_trunc('hour', start, 'UTC') AS hour,
      sum(checks)::int AS checks, sum(failures)::int AS failures
    FROM connection_health_quarter WHERE tenant_id = ${tenantId}::uuid AND start >= ${from}
    GROUP BY id, hour`;
  const found = new Map(rows.map((row) => [`${row.id} ${row.hour.getTime()}`, row]));
  return (id: string): HealthDto["hours"] =>
    Array.from({ length: HOURS }, (_, at) => {
      const start = from.getTime() + at * HOUR_MS;
      const { checks = 0, failures = 0 } = found.get(`${id} ${start}`) ?? {};
      return { start: new Date(start).toISOString(), checks, failures };
    });
}
