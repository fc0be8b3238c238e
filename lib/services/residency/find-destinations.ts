import type { Transaction } from "#lib/db/client.ts";
import { readConnectionNames } from "../connections/read-names.ts";
import type { PlatformConnections } from "../context.ts";
import type { Period } from "./period.ts";
import type { DestinationDto } from "./schemas.ts";

interface Row {
  connection: string;
  provider: string;
  host: string;
  port: number;
  start: Date;
  /** A line each. */
  regions: string;
  attempts: number;
}

/** Every end that the tenant's calls went to in a period, by connection, with its counts. */
export async function findDestinations(
  tx: Transaction,
  tenantId: string,
  { from, to, interval }: Period,
  platform: PlatformConnections,
): Promise<DestinationDto[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT connection, provider, host, port, date_trunc(${interval}, hour, 'UTC') AS start,
      string_agg(DISTINCT array_to_string(regions, E'\\n'), E'\\n') AS regions, sum(attempts)::int AS attempts
    FROM destination_hourly
    WHERE tenant_id = ${tenantId}::uuid AND hour >= ${from} AND hour < ${to}
    GROUP BY connection, provider, host, port, start
    ORDER BY host, port, connection, provider, start`;
  const names = await readConnectionNames(tx, tenantId, platform);
  const ends = Map.groupBy(rows, ({ connection, provider, host, port }) =>
    [connection, provider, host, port].join(" "),
  );
  return [...ends.values()].map((counts) => toDestination(counts as [Row, ...Row[]], names));
}

function toDestination(rows: readonly [Row, ...Row[]], names: ReadonlyMap<string, string>): DestinationDto {
  const [{ host, port, provider, connection }] = rows;
  return {
    host,
    port,
    provider,
    connectionId: connection,
    connectionName: names.get(connection) ?? null,
    regions: [...new Set(rows.flatMap(({ regions }) => regions.split("\n")))].filter((region) => region !== "").sort(),
    attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0),
    counts: rows.map(({ start, attempts }) => ({ start: start.toISOString(), attempts })),
  };
}
