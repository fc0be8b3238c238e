import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { findOwn, listOwn } from "./find-own.ts";
import { findUse } from "./find-use.ts";
import { readDoing } from "./read-doing.ts";
import type { OwnConnectionDto } from "./schemas.ts";
import { toOwnDto } from "./to-dto.ts";

/** One of the tenant's own connections, and which functions need it. Throws `not_found`. */
export async function readConnection(context: ServiceContext, { id }: { id: string }): Promise<OwnConnectionDto> {
  authorize(context, "connection:read");
  const { database, tenantId } = context;
  const { row, usedBy, doing } = await withTenant(database, tenantId, async (tx) => {
    const found = await findOwn(tx, tenantId, id);
    const { config } = await readCurrentRoute(tx, tenantId);
    const rows = await listOwn(tx, tenantId);
    const how = await readDoing(tx, tenantId, { ids: [found.id], rows, config });
    return { row: found, usedBy: findUse(config, found, rows), doing: how };
  });
  return { ...(await toOwnDto(context, row, doing)), usedBy };
}
