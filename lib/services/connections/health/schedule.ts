import type { Transaction } from "#lib/db/client.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import { asJson } from "../json.ts";
import type { StoredConnection } from "../stored.ts";

type Row = Pick<StoredConnection, "tenantId" | "id" | "provider">;

/** Only what the tenant runs itself is asked: a cloud's account is shown by its calls, and would count each question. */
export function isChecked({ provider }: Pick<Row, "provider">): boolean {
  return findProviderEntry(provider)?.hosting === "self-hosted";
}

/** Has a new connection checked from now on. */
export async function scheduleChecks(tx: Transaction, row: Row): Promise<void> {
  if (!isChecked(row)) return;
  await tx.connectionHealth.create({
    data: { tenantId: row.tenantId, connectionId: row.id, nextCheckAt: new Date() },
  });
}

/** Has it checked soon. Of another account than before, nothing that was found holds any more; the history stays. */
export async function checkSoon(tx: Transaction, { tenantId, id }: Row, isAnother: boolean): Promise<void> {
  const nothing = { checkedAt: null, isUp: null, since: null, latencyMs: null, models: asJson(null) };
  await tx.connectionHealth.updateMany({
    where: { tenantId, connectionId: id },
    data: {
      nextCheckAt: new Date(),
      ...(isAnother && { ...nothing, failedAt: null, failureKind: null, problem: null }),
    },
  });
}
