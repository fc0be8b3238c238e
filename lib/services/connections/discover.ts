import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { findEntry } from "./check-account.ts";
import { egressRuleOf } from "./egress-rule.ts";
import { findOwn } from "./find-own.ts";
import { mergeAccount } from "./merge-fields.ts";
import { placeOf } from "./place.ts";
import { readConnection } from "./read.ts";
import type { OwnConnectionDto } from "./schemas.ts";

/** Asks a connection's server which models it has, and keeps the list. Throws `not_found`, `conflict` with the mend. */
export async function discoverModels(context: ServiceContext, { id }: { id: string }): Promise<OwnConnectionDto> {
  authorize(context, "connection:write");
  const { database, tenantId, connections } = context;
  const { row, config } = await withTenant(database, tenantId, async (tx) => ({
    row: await findOwn(tx, tenantId, id),
    config: (await readCurrentRoute(tx, tenantId)).config,
  }));
  const { account } = await mergeAccount(context, findEntry(row.provider), row, {});
  const rule = egressRuleOf(placeOf(account.entry, account.fields, row.regions), config);
  const listing = await connections.probe.listModels({ account, rule, tenantId });
  if (listing.models === null) throw new ServiceError("conflict", `The models could not be read. ${listing.problem}`);
  const models = listing.models.map((model) => ({ ...model }));
  const idsOf = (list: readonly { id: string }[]) => list.map((model) => model.id);
  await withTenant(database, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({ where: { tenantId, id: row.id }, data: { models } });
    if (count === 0) return;
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
