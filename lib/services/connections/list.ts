import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { listOwn } from "./find-own.ts";
import type { ConnectionList } from "./schemas.ts";
import { toOwnDto, toPlatformDto } from "./to-dto.ts";

/** The tenant's own connections in the order in which calls try them, then the platform's, each with how it does. */
export async function listConnections(context: ServiceContext): Promise<ConnectionList> {
  authorize(context, "connection:read");
  const { database, tenantId, platform } = context;
  const rows = await withTenant(database, tenantId, (tx) => listOwn(tx, tenantId));
  const own = await Promise.all(rows.map((row) => toOwnDto(context, row)));
  const { connections, demoConnection } = platform;
  const all = demoConnection === null ? connections : [...connections, demoConnection];
  return { data: [...own, ...all.map((connection) => toPlatformDto(context, connection))] };
}
