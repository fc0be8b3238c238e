import { type Database, type Transaction, withTenant } from "#lib/db/client.ts";
import { asJson } from "../json.ts";
import type { StoredConnection } from "../stored.ts";

/** What a check found. */
export type Finding =
  | { isUp: true; latencyMs: number; models: string[] | null }
  | { isUp: false; latencyMs: number | null; kind: string; problem: string };

const QUARTER_MS = 15 * 60_000;
const KEPT_MS = 7 * 24 * 3_600_000;

/** Keeps a finding as the latest and in the history, and lets go of what is older than a week. */
export async function recordHealth(
  { database, tenantId }: { database: Database; tenantId: string },
  { id, updatedAt }: Pick<StoredConnection, "id" | "updatedAt">,
  finding: Finding,
  at: Date,
): Promise<void> {
  await withTenant(database, tenantId, async (tx) => {
    const where = { tenantId, connectionId: id };
    const before = await tx.connectionHealth.findUnique({ where: { tenantId_connectionId: where } });
    if (before === null) return;
    const { count } = await tx.connectionHealth.updateMany({
      // What was asked may have another address by now: then this is news of nobody.
      where: { ...where, connection: { updatedAt } },
      data: {
        checkedAt: at,
        isUp: finding.isUp,
        latencyMs: finding.latencyMs,
        ...(before.isUp !== finding.isUp && { since: at }),
        ...(finding.isUp
          ? { models: asJson(finding.models) }
          : { failedAt: at, failureKind: finding.kind, problem: finding.problem }),
      },
    });
    if (count > 0) await addToHistory(tx, where, finding, at);
  });
}

type Where = Readonly<Record<"tenantId" | "connectionId", string>>;

async function addToHistory(tx: Transaction, where: Where, finding: Finding, at: Date): Promise<void> {
  const start = new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
  const { isUp } = finding;
  const failures = isUp ? 0 : 1;
  const latencyMsSum = isUp ? finding.latencyMs : 0;
  const failureKind = isUp ? {} : { failureKind: finding.kind };
  await tx.connectionHealthQuarter.upsert({
    where: { tenantId_connectionId_start: { ...where, start } },
    create: { ...where, start, checks: 1, failures, latencyMsSum, ...failureKind },
    update: {
      checks: { increment: 1 },
      failures: { increment: failures },
      latencyMsSum: { increment: latencyMsSum },
      ...failureKind,
    },
  });
  const keptFrom = new Date(at.getTime() - KEPT_MS - QUARTER_MS);
  await tx.connectionHealthQuarter.deleteMany({ where: { ...where, start: { lt: keptFrom } } });
}
