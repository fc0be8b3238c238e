import type { Database } from "#lib/db/client.ts";

/** How often each server is asked, about. */
export const CHECK_EVERY_MS = 60_000;

export interface DueCheck {
  tenantId: string;
  connectionId: string;
}

/**
 * Servers whose check is due, one a tenant and none of the `busy` ones; taken from the list until the next time, so that
 * no other instance checks them too.
 */
export async function claimChecks(
  { pool }: Database,
  { at, most, busy }: { at: Date; most: number; busy: readonly string[] },
): Promise<DueCheck[]> {
  const { rows } = await pool.query<{ tenant: string; connection: string }>(
    "SELECT tenant, connection FROM claim_connection_checks($1, $2, $3, $4::uuid[])",
    [at, CHECK_EVERY_MS, most, busy],
  );
  return rows.map(({ tenant, connection }) => ({ tenantId: tenant, connectionId: connection }));
}
