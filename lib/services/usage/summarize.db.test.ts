import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeInvocation, makeUsage } from "#e2e/isolation/support/gateway.ts";
import {
  contextOf,
  keyWith,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { insertRows } from "#lib/ledger/insert-rows.ts";
import { toRow } from "#lib/ledger/record-row.ts";
import { ROLES } from "../permissions.ts";
import { usageSchema } from "./schemas.ts";
import { summarizeUsage } from "./summarize.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 15, 14, 30);

let opened: Opened;
let tenant: TestTenant;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
});
afterEach(() => void vi.useRealTimers());
afterAll(() => opened.close());

const read = (range?: "24h" | "7d" | "30d") => summarizeUsage(contextOf(opened.database, tenant), { range });

async function record(owner: TestTenant, ...parts: Partial<InvocationRecord>[]): Promise<void> {
  const rows = parts.map((part) => toRow(makeInvocation({ id: uuidv7(), createdAtMs: NOW, ...part })));
  await insertRows(opened.database, owner.tenantId, rows);
}

const NOTHING = {
  requests: 0,
  failures: 0,
  unpriced: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  reasoningTokens: 0,
  costNanoUsd: "0",
  p95LatencyMs: null,
};

test("a tenant without calls gets zeros, every bucket and no percentile", async () => {
  const usage = await read();
  expect(usage).toMatchObject({ range: "24h", bucket: "hour", totals: NOTHING, previous: NOTHING });
  expect(usage.series).toHaveLength(24);
  expect(usage.series.every(({ requests, byProvider }) => requests === 0 && byProvider.length === 0)).toBe(true);
  expect(usageSchema.parse(usage)).toEqual(usage);
});

describe("the buckets of a range", () => {
  test.each([
    ["24h", "hour", 24, "2026-06-14T15:00:00.000Z", "2026-06-15T14:00:00.000Z"],
    ["7d", "day", 7, "2026-06-09T00:00:00.000Z", "2026-06-15T00:00:00.000Z"],
    ["30d", "day", 30, "2026-05-17T00:00:00.000Z", "2026-06-15T00:00:00.000Z"],
  ] as const)(
    "%s: every %s, %i of them, the present one last and not complete",
    async (range, bucket, length, from, last) => {
      const usage = await read(range);
      expect(usage).toMatchObject({ range, bucket, from, to: new Date(NOW).toISOString() });
      expect(usage.series).toHaveLength(length);
      expect(usage.series[0]).toMatchObject({ start: from, isComplete: true });
      expect(usage.series.at(-1)).toMatchObject({ start: last, isComplete: false });
      expect(usage.series.filter(({ isComplete }) => !isComplete)).toHaveLength(1);
    },
  );
});

test("totals add up calls, failures, tokens and cost; what has no price is counted and in no sum", async () => {
  await record(
    tenant,
    {
      usage: { ...makeUsage(100, 20), cachedInputTokens: 30, reasoningTokens: 5 },
      costNanoUsd: 9_007_199_254_740_993n,
    },
    { usage: makeUsage(1, 2), costNanoUsd: null, model: "unknown" },
    { status: "failed", usage: null, costNanoUsd: 0n, attempts: [] },
    { status: "aborted", usage: null, costNanoUsd: 0n, attempts: [] },
  );
  expect((await read()).totals).toEqual({
    requests: 4,
    failures: 1,
    unpriced: 1,
    inputTokens: 101,
    outputTokens: 22,
    cachedInputTokens: 30,
    reasoningTokens: 5,
    costNanoUsd: "9007199254740993",
    p95LatencyMs: expect.any(Number),
  });
});

test("the first and the last moment of the range belong to it, the one before to the range before", async () => {
  const from = Date.UTC(2026, 5, 14, 15);
  await record(
    tenant,
    { createdAtMs: NOW },
    { createdAtMs: from },
    { createdAtMs: from - 1 },
    { createdAtMs: from - 24 * HOUR },
    { createdAtMs: from - 24 * HOUR - 1 },
  );
  const usage = await read();
  expect([usage.totals.requests, usage.previous.requests]).toEqual([2, 2]);
  expect(usage.series.map(({ requests }) => requests)).toEqual([1, ...Array.from({ length: 22 }, () => 0), 1]);
});

test("days hold their hours, and each bucket says which provider answered", async () => {
  const monday = Date.UTC(2026, 5, 10);
  await record(
    tenant,
    { createdAtMs: monday, provider: "openai", costNanoUsd: 1n },
    { createdAtMs: monday + 24 * HOUR - 1, provider: "openai", model: "b", costNanoUsd: 2n },
    { createdAtMs: monday + HOUR, provider: "anthropic", costNanoUsd: 4n },
    { createdAtMs: monday, provider: null, model: null, status: "failed", usage: null, costNanoUsd: 0n, attempts: [] },
  );
  const { series } = await read("7d");
  expect(series.find(({ requests }) => requests > 0)).toEqual({
    start: "2026-06-10T00:00:00.000Z",
    isComplete: true,
    requests: 4,
    failures: 1,
    byProvider: [
      { provider: "anthropic", requests: 1, costNanoUsd: "4" },
      { provider: "none", requests: 1, costNanoUsd: "0" },
      { provider: "openai", requests: 2, costNanoUsd: "3" },
    ],
  });
});

test("the 95th percentile is within 19 % above the true one, for each range of its own", async () => {
  const latencies = Array.from({ length: 100 }, (_, at) => (at + 1) * 10);
  await record(tenant, ...latencies.map((latencyMs) => ({ latencyMs })));
  await record(tenant, { latencyMs: 60_000, createdAtMs: NOW - 25 * HOUR });
  const usage = await read();
  expect(usage.totals.p95LatencyMs).toBeGreaterThanOrEqual(950);
  expect(usage.totals.p95LatencyMs).toBeLessThanOrEqual(950 * 1.19);
  expect(usage.previous.p95LatencyMs).toBeGreaterThanOrEqual(60_000);
});

test("another tenant's calls are in no figure", async () => {
  const other = await makeTenant(opened.database, `other-${count}`);
  await record(other, {}, { createdAtMs: NOW - 25 * HOUR });
  const usage = await read();
  expect([usage.totals, usage.previous]).toEqual([NOTHING, NOTHING]);
});

test("every role may read it, and a key with management:read", async () => {
  const actors = [...ROLES.map((role) => memberOf(tenant, role)), keyWith(["management:read"])];
  for (const actor of actors) {
    expect(await summarizeUsage(contextOf(opened.database, tenant, actor), {})).toHaveProperty("totals");
  }
  const refused = summarizeUsage(contextOf(opened.database, tenant, keyWith(["gateway:invoke"])), {});
  await expect(refused).rejects.toMatchObject({ code: "not_allowed" });
});

test.each(["1h", "", null])("a range of %j is refused", async (range) => {
  const attempt = summarizeUsage(contextOf(opened.database, tenant), { range: range as "24h" });
  await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { range: expect.any(String) } });
});
