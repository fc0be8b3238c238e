import type { Transaction } from "#lib/db/client.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import type { ConnectionActivity, HealthDto } from "./health/schemas.ts";
import { summarizeHealth } from "./health/summarize.ts";
import { readActivity } from "./read-activity.ts";
import type { StoredConnection } from "./stored.ts";

/** How connections do, by id: what came of calls, and of checks where they are made. */
export interface Doing {
  activity: ReadonlyMap<string, ConnectionActivity>;
  health: ReadonlyMap<string, HealthDto>;
}

/** `ids`: those whose calls are asked for; `rows`: the tenant's own. */
export async function readDoing(
  tx: Transaction,
  tenantId: string,
  { ids, rows, config }: { ids: readonly string[]; rows: readonly StoredConnection[]; config: RouteConfig },
): Promise<Doing> {
  const now = new Date();
  const activity = await readActivity(tx, tenantId, { ids, now });
  const health = await summarizeHealth(tx, tenantId, { config, rows, now });
  return { activity, health };
}
