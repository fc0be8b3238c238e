import { type Transaction, withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { findEntry } from "./check-account.ts";
import { listOwn } from "./find-own.ts";
import { listConnections } from "./list.ts";
import { lockConnections } from "./lock.ts";
import { findOrderProblem } from "./order-problem.ts";
import { type ConnectionList, type ReorderConnectionsInput, reorderConnectionsInput } from "./schemas.ts";
import type { StoredConnection } from "./stored.ts";

/**
 * Puts a provider's connections in the order in which calls try them, all or none. Throws `conflict` when the ids are
 * not exactly those of the tenant's connections there.
 */
export async function reorderConnections(
  context: ServiceContext,
  input: ReorderConnectionsInput,
): Promise<ConnectionList> {
  authorize(context, "connection:write");
  const { provider, ids } = parseInput(reorderConnectionsInput, input);
  const { name } = findEntry(provider);
  const { database, tenantId, actor } = context;
  const isChanged = await withTenant(database, tenantId, async (tx) => {
    await lockConnections(tx, tenantId);
    const before = (await listOwn(tx, tenantId)).filter((row) => row.provider === provider);
    const problem = findOrderProblem(before, ids);
    if (problem !== null) throw notTheirOrder(name, problem);
    const count = await writeOrder(tx, tenantId, ids, actor.name);
    if (count === 0) return false;
    await recordAudit(tx, context, {
      action: "connection.reorder",
      targetKind: "provider",
      targetId: provider,
      before: { order: before.map(describe) },
      after: { order: before.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)).map(describe) },
    });
    return true;
  });
  if (isChanged) context.configChanged(tenantId);
  return listConnections(context);
}

/** Gives the first of the ids priority 1 and so on; how many had another one. */
function writeOrder(tx: Transaction, tenantId: string, ids: readonly string[], updatedBy: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE connection SET priority = place, updated_at = now(), updated_by = ${updatedBy}
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS ordered (ordered_id, place)
    WHERE tenant_id = ${tenantId}::uuid AND id = ordered_id AND priority <> place`;
}

function describe({ id, name }: StoredConnection) {
  return { id, name };
}

function notTheirOrder(provider: string, problem: string): ServiceError {
  const message = `An order holds each of the connections at ${provider} once: ${problem}. Reload to see which there are.`;
  return new ServiceError("conflict", message);
}
