import type { Transaction } from "#lib/db/client.ts";

/** Until the transaction's end nobody else adds to the tenant's connections or puts them in order. */
export async function lockConnections(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
}
