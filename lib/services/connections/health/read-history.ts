import { type Transaction, withTenant } from "#lib/db/client.ts";
import { authorize } from "../../authorize.ts";
import type { ServiceContext } from "../../context.ts";
import { parseInput } from "../../parse-input.ts";
import { findOwn } from "../find-own.ts";
import { type HealthHistory, type HealthHistoryInput, type HealthRange, healthHistoryInput } from "./schemas.ts";

const SHAPES = {
  "24h": { bucketMs: 30 * 60_000, count: 48 },
  "7d": { bucketMs: 3 * 3_600_000, count: 56 },
} as const satisfies Record<HealthRange, { bucketMs: number; count: number }>;

/** The checks of one connection over a day or a week; of one that is not checked all are empty. Throws `not_found`. */
export async function readHealthHistory(context: ServiceContext, input: HealthHistoryInput): Promise<HealthHistory> {
  authorize(context, "connection:read");
  const { id, range } = parseInput(healthHistoryInput, input);
  const { database, tenantId } = context;
  const { bucketMs, count } = SHAPES[range];
  const last = Math.floor(Date.now() / bucketMs) * bucketMs;
  const from = last - (count - 1) * bucketMs;
  const quarters = await withTenant(database, tenantId, async (tx) => {
    const { id: connectionId } = await findOwn(tx, tenantId, id);
    return readQuarters(tx, { tenantId, connectionId, start: { gte: new Date(from) } });
  });
  const byBucket = Map.groupBy(quarters, ({ start }) => Math.floor(start.getTime() / bucketMs) * bucketMs);
  const data = Array.from({ length: count }, (_, at) => {
    const start = from + at * bucketMs;
    return { start: new Date(start).toISOString(), ...sumUp(byBucket.get(start) ?? []) };
  });
  return { range, bucketMs, data };
}

type Quarter = Awaited<ReturnType<typeof readQuarters>>[number];

function readQuarters(tx: Transaction, where: { tenantId: string; connectionId: string; start: { gte: Date } }) {
  return tx.connectionHealthQuarter.findMany({ where, orderBy: { start: "asc" } });
}

function sumUp(quarters: readonly Quarter[]): Omit<HealthHistory["data"][number], "start"> {
  const sum = (pick: (quarter: Quarter) => number) => quarters.reduce((total, one) => total + pick(one), 0);
  const checks = sum((quarter) => quarter.checks);
  const failures = sum((quarter) => quarter.failures);
  const answered = checks - failures;
  return {
    checks,
    failures,
    averageLatencyMs: answered === 0 ? null : Math.round(sum((quarter) => quarter.latencyMsSum) / answered),
    failureKind: quarters.findLast(({ failureKind }) => failureKind !== null)?.failureKind ?? null,
  };
}
