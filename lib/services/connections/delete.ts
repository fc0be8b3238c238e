import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { describeForAudit } from "./describe-for-audit.ts";
import { findOwn, listOwn, noSuchConnection } from "./find-own.ts";
import { describeUse, findUse } from "./find-use.ts";
import { type DeleteConnectionInput, type DeletedConnectionDto, deleteConnectionInput } from "./schemas.ts";

/**
 * Deletes a connection and its secrets. Where functions lose a target by it, its name has to be given: otherwise
 * `conflict`, which names them. Throws `not_found`.
 */
export async function deleteConnection(
  context: ServiceContext,
  input: DeleteConnectionInput,
): Promise<DeletedConnectionDto> {
  authorize(context, "connection:write");
  const { id, confirm } = parseInput(deleteConnectionInput, input);
  const { database, tenantId } = context;
  const usedBy = await withTenant(database, tenantId, async (tx) => {
    const row = await findOwn(tx, tenantId, id);
    const { config } = await readCurrentRoute(tx, tenantId);
    const use = findUse(config, row, await listOwn(tx, tenantId));
    const named = describeUse(use);
    if (named !== null && confirm?.trim() !== row.name) throw unconfirmed(named, row.name);
    const { count } = await tx.connection.deleteMany({ where: { tenantId, id: row.id } });
    if (count === 0) throw noSuchConnection();
    const before = { ...describeForAudit(row), usedBy: use };
    await recordAudit(tx, context, { action: "connection.delete", targetKind: "connection", targetId: id, before });
    return use;
  });
  context.configChanged(tenantId);
  return { id, usedBy };
}

function unconfirmed(named: string, name: string): ServiceError {
  const message = `Without this connection ${named} will lose a target. Confirm with its name, ${name}.`;
  return new ServiceError("conflict", message, { fields: { confirm: `Type ${name} to confirm.` } });
}
