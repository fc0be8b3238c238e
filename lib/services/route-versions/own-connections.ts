import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";

/** A tenant's connection, as far as a chain can name it. */
export interface OwnConnection {
  id: string;
  provider: string;
  name: string;
  isEnabled: boolean;
  /** What its server was found to have; null: not known. */
  models: readonly string[] | null;
}

const discovered = z.array(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]));

/** Those that are switched off too: a chain may name them. */
export async function readOwnConnections(tx: Transaction, tenantId: string): Promise<OwnConnection[]> {
  const rows = await tx.connection.findMany({
    where: { tenantId },
    select: { id: true, provider: true, name: true, isEnabled: true, models: true },
    orderBy: [{ priority: "asc" }, { id: "asc" }],
  });
  return rows.map(({ models, ...row }) => {
    const known = discovered.safeParse(models);
    return { ...row, models: known.success && known.data.length > 0 ? known.data : null };
  });
}
