import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { limitProbe } from "./limit-probe.ts";
import { findSaved, openSaved } from "./open-saved.ts";
import { readConnection } from "./read.ts";
import type { OwnConnectionDto } from "./schemas.ts";

/** Asks a connection's server which models it has, and keeps the list. Throws `not_found`, `conflict` with the mend. */
export async function discoverModels(context: ServiceContext, { id }: { id: string }): Promise<OwnConnectionDto> {
  authorize(context, "connection:write");
  const { database, tenantId, connections } = context;
  const saved = await findSaved(context, id);
  const { row } = saved;
  const listing = await limitProbe(connections).listModels(await openSaved(context, saved));
  if (listing.models === null) throw new ServiceError("conflict", `The models could not be read. ${listing.problem}`);
  const models = listing.models.map((model) => ({ ...model }));
  const idsOf = (list: readonly { id: string }[]) => list.map((model) => model.id);
  await withTenant(database, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({ where: { tenantId, id: row.id }, data: { models } });
    if (count === 0) return;
    await tx.connectionHealth.updateMany({
      where: { tenantId, connectionId: row.id },
      data: { models: idsOf(models) },
    });
    await recordAudit(tx, context, {
      action: "connection.discover",
      targetKind: "connection",
      targetId: row.id,
      before: { models: idsOf(row.models) },
      after: { models: idsOf(models) },
    });
  });
  context.configChanged(tenantId);
  return readConnection(context, { id });
}
