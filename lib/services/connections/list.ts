import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { listOwn } from "./find-own.ts";
import { readDoing } from "./read-doing.ts";
import type { ConnectionList } from "./schemas.ts";
import { toOwnDto, toPlatformDto } from "./to-dto.ts";

/** The tenant's own connections in the order in which calls try them, then the platform's, each with how it does. */
export async function listConnections(context: ServiceContext): Promise<ConnectionList> {
  authorize(context, "connection:read");
  const { database, tenantId, platform } = context;
  const { connections, demoConnection } = platform;
  const all = demoConnection === null ? connections : [...connections, demoConnection];
  const { rows, doing } = await withTenant(database, tenantId, async (tx) => {
    const own = await listOwn(tx, tenantId);
    const { config } = await readCurrentRoute(tx, tenantId);
    const ids = [...own, ...all].map(({ id }) => id);
    return { rows: own, doing: await readDoing(tx, tenantId, { ids, rows: own, config }) };
  });
  const own = await Promise.all(rows.map((row) => toOwnDto(context, row, doing)));
  return { data: [...own, ...all.map((connection) => toPlatformDto(context, connection, doing))] };
}
