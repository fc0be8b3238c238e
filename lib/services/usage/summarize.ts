import { withTenant } from "#lib/db/client.ts";
import type { UsageHourlyModel } from "#lib/db/rows.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { type Window, windowOf } from "./buckets.ts";
import { type LatencyBucket, percentileMs } from "./percentile.ts";
import { type UsageDto, type UsageInput, type UsageTotals, usageInput } from "./schemas.ts";

/** What the tenant used in a range, against the same length of time before it. Reads the hourly rollups. */
export async function summarizeUsage(context: ServiceContext, input: UsageInput): Promise<UsageDto> {
  authorize(context, "usage:read");
  const { range } = parseInput(usageInput, input);
  const window = windowOf(range, new Date());
  const { database, tenantId } = context;
  const where = { tenantId, hour: { gte: window.previousFrom } };
  const [rows, latencies] = await withTenant(database, tenantId, async (tx) => [
    await tx.usageHourly.findMany({ where }),
    await tx.latencyHourly.findMany({ where }),
  ]);
  const isPresent = ({ hour }: { hour: Date }) => hour >= window.from;
  const isPast = ({ hour }: { hour: Date }) => hour < window.from;
  return {
    range,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    bucket: window.bucket,
    totals: totalsOf(rows.filter(isPresent), latencies.filter(isPresent)),
    previous: totalsOf(rows.filter(isPast), latencies.filter(isPast)),
    series: seriesOf(rows.filter(isPresent), window),
  };
}

function totalsOf(rows: readonly UsageHourlyModel[], latencies: readonly LatencyBucket[]): UsageTotals {
  const sum = (pick: (row: UsageHourlyModel) => number | bigint) =>
    rows.reduce((total, row) => total + BigInt(pick(row)), 0n);
  return {
    requests: Number(sum((row) => row.requests)),
    failures: Number(sum((row) => row.failures)),
    unpriced: Number(sum((row) => row.unpriced)),
    inputTokens: Number(sum((row) => row.inputTokens)),
    outputTokens: Number(sum((row) => row.outputTokens)),
    cachedInputTokens: Number(sum((row) => row.cachedInputTokens)),
    reasoningTokens: Number(sum((row) => row.reasoningTokens)),
    costNanoUsd: sum((row) => row.costNanoUsd).toString(),
    p95LatencyMs: percentileMs(latencies, 0.95),
  };
}

function seriesOf(rows: readonly UsageHourlyModel[], { starts, bucketMs, to }: Window): UsageDto["series"] {
  return starts.map((start) => {
    const end = new Date(start.getTime() + bucketMs);
    const inside = rows.filter(({ hour }) => hour >= start && hour < end);
    const { requests, failures } = totalsOf(inside, []);
    return { start: start.toISOString(), isComplete: end <= to, requests, failures, byProvider: byProvider(inside) };
  });
}

function byProvider(rows: readonly UsageHourlyModel[]): UsageDto["series"][number]["byProvider"] {
  const groups = Map.groupBy(rows, ({ provider }) => (provider === "" ? "none" : provider));
  return [...groups.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([provider, ofProvider]) => {
      const { requests, costNanoUsd } = totalsOf(ofProvider, []);
      return { provider, requests, costNanoUsd };
    });
}
