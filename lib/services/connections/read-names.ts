import type { Transaction } from "#lib/db/client.ts";
import type { PlatformConnections } from "../context.ts";

/** What people call the connections that there are now, the tenant's own and the platform's, by their ids. */
export async function readConnectionNames(
  tx: Transaction,
  tenantId: string,
  { connections, demoConnection }: PlatformConnections,
): Promise<ReadonlyMap<string, string>> {
  const own = await tx.connection.findMany({ where: { tenantId }, select: { id: true, name: true } });
  const platform = demoConnection === null ? connections : [...connections, demoConnection];
  return new Map([...platform, ...own].map(({ id, name }) => [id, name]));
}
