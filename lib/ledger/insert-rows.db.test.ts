import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeAttempt, makeInvocation, makeUsage } from "#e2e/isolation/support/gateway.ts";
import {
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { insertRows } from "./insert-rows.ts";
import { toRow } from "./record-row.ts";
import { type SpooledRow, toLine } from "./spool.ts";
import { createLedgerWriter } from "./writer.ts";

let opened: Opened;
let tenant: TestTenant;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
});
afterAll(() => opened.close());

const thisMonth = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 1, 10, 30);
const call = (part: Partial<InvocationRecord> = {}) =>
  makeInvocation({ id: uuidv7(), tenantId: tenant.tenantId, createdAtMs: thisMonth, ...part });
const insert = (...records: InvocationRecord[]) => insertRows(opened.database, tenant.tenantId, records.map(toRow));

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const result = await opened.owner.query(sql, [tenant.tenantId]);
  return result.rows;
}
const invocations = () => rows("SELECT *, tableoid::regclass::text AS held_by FROM invocation WHERE tenant_id = $1");
const attempts = () =>
  rows(
    "SELECT *, tableoid::regclass::text AS held_by FROM attempt WHERE tenant_id = $1 ORDER BY invocation_id, number",
  );
const usage = () => rows("SELECT * FROM usage_hourly WHERE tenant_id = $1 ORDER BY hour, function_slug, model");
const latency = () => rows("SELECT * FROM latency_hourly WHERE tenant_id = $1 ORDER BY hour, function_slug, bucket");

test("an invocation is kept with every attempt, each value in its column", async () => {
  const failed = makeAttempt({
    number: 1,
    status: "failed",
    failureKind: "timeout",
    httpStatus: null,
    message: "späť 😀",
  });
  const second = makeAttempt({ number: 2, usage: makeUsage(100, 20), costNanoUsd: 9_007_199_254_740_993n });
  const record = call({
    attempts: [failed, second],
    metadata: { feature: "inbox" },
    costNanoUsd: 9_007_199_254_740_993n,
  });
  expect(await insert(record)).toBe(1);
  expect(await invocations()).toMatchObject([
    {
      id: record.id,
      created_at: new Date(thisMonth),
      api_key_id: record.apiKeyId,
      function_slug: "triage",
      is_stream: false,
      attempt_count: 2,
      input_tokens: 100,
      cost_nano_usd: "9007199254740993",
      metadata: { feature: "inbox" },
    },
  ]);
  expect(await attempts()).toMatchObject([
    { invocation_id: record.id, number: 1, failure_kind: "timeout", http_status: null, message: "späť 😀" },
    { invocation_id: record.id, number: 2, connection: "platform:acme", cost_nano_usd: "9007199254740993" },
  ]);
});

test("no value lands in another's column", async () => {
  const usage = { ...makeUsage(11, 12), cachedInputTokens: 13, reasoningTokens: 14 };
  const attempt = makeAttempt({
    ...{ number: 31, provider: "p1", model: "m1", connectionId: "c1", isSimulated: true, status: "aborted" },
    ...{ failureKind: "timeout", httpStatus: 504, message: "text", startedMs: 32, latencyMs: 33, firstTokenMs: 34 },
    ...{ usage, costNanoUsd: 35n, providerRequestId: "r1" },
  });
  const record = call({
    ...{ requestId: "r2", functionSlug: "f2", mode: "platform-managed", tier: "economy", routeVersion: 21 },
    ...{ isStream: true, status: "failed", httpStatus: 502, failureKind: "k2", provider: "p2", model: "m2" },
    ...{ usage, costNanoUsd: 22n, latencyMs: 23, firstTokenMs: 24, overheadUs: 25, metadata: { a: "b" } },
    attempts: [attempt],
  });
  await insert(record);
  const tokens = { input_tokens: 11, output_tokens: 12, cached_input_tokens: 13, reasoning_tokens: 14 };
  expect(await invocations()).toMatchObject([
    {
      ...{ id: record.id, created_at: new Date(thisMonth), request_id: "r2", api_key_id: record.apiKeyId },
      ...{ function_slug: "f2", mode: "platform-managed", tier: "economy", route_version: 21, wire: "openai-chat" },
      ...{ is_stream: true, status: "failed", http_status: 502, failure_kind: "k2", provider: "p2", model: "m2" },
      ...{ is_simulated: false, attempt_count: 1, ...tokens, cost_nano_usd: "22", latency_ms: 23 },
      ...{ first_token_ms: 24, overhead_us: 25, metadata: { a: "b" } },
    },
  ]);
  expect(await attempts()).toMatchObject([
    {
      ...{ number: 31, provider: "p1", model: "m1", connection: "c1", is_simulated: true, status: "aborted" },
      ...{ failure_kind: "timeout", http_status: 504, message: "text", started_ms: 32, latency_ms: 33 },
      ...{ first_token_ms: 34, ...tokens, cost_nano_usd: "35", provider_request_id: "r1" },
    },
  ]);
});

describe("the hourly rollups", () => {
  test("count and sum by function, provider, model and hour", async () => {
    const HOUR = 3_600_000;
    await insert(
      call({ usage: { ...makeUsage(100, 20), cachedInputTokens: 7, reasoningTokens: 5 }, costNanoUsd: 10n }),
      call({ status: "failed", usage: null, costNanoUsd: 0n, attempts: [] }),
      call({ status: "aborted", usage: null, costNanoUsd: null }),
      call({ createdAtMs: thisMonth + HOUR }),
      call({ functionSlug: null, provider: null, model: null, usage: null, costNanoUsd: 0n, attempts: [] }),
    );
    const hour = new Date(thisMonth - 30 * 60_000);
    expect(await usage()).toMatchObject([
      { hour, function_slug: "", provider: "", model: "", requests: 1, failures: 0, unpriced: 0 },
      {
        hour,
        function_slug: "triage",
        provider: "acme",
        requests: 3,
        failures: 1,
        unpriced: 1,
        input_tokens: "100",
        output_tokens: "20",
        cached_input_tokens: "7",
        reasoning_tokens: "5",
        cost_nano_usd: "10",
      },
      { hour: new Date(hour.getTime() + HOUR), requests: 1 },
    ]);
  });

  test("simulated calls are kept apart from real ones", async () => {
    await insert(call(), call({ isSimulated: true }));
    expect((await usage()).map((row) => [row.is_simulated, row.requests]).sort()).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });

  test("later batches add to the same hour", async () => {
    await insert(call());
    await insert(call(), call());
    expect(await usage()).toMatchObject([
      { requests: 3, input_tokens: "300", output_tokens: "60", cost_nano_usd: "4500" },
    ]);
    expect(await latency()).toMatchObject([{ requests: 3 }]);
  });

  test("every latency is in the first bucket whose 2^(n/4) ms it does not exceed", async () => {
    const latencies = [0, 1, 2, 3, 8, 9, 1_000, 1_024, 1_025, 86_400_000];
    await insert(...latencies.map((latencyMs) => call({ latencyMs })));
    const bucketOf = (ms: number) => Math.ceil(4 * Math.log2(Math.max(ms, 1)));
    const expected = Map.groupBy(latencies.map(bucketOf), (bucket) => bucket);
    expect(await latency()).toMatchObject(
      [...expected].sort(([a], [b]) => a - b).map(([bucket, { length }]) => ({ bucket, requests: length })),
    );
  });

  test("written by several at once, nothing is lost", async () => {
    const batch = () => insert(...[1, 2, 3].map((n) => call({ model: `m${n}`, latencyMs: 10 ** n })));
    await Promise.all(Array.from({ length: 6 }, batch));
    expect((await usage()).map((row) => row.requests)).toEqual([6, 6, 6]);
    expect((await latency()).map((row) => row.requests)).toEqual([6, 6, 6]);
  });
});

test("a batch sent twice counts once, and what is new in it is taken", async () => {
  const [first, second] = [call(), call()];
  expect(await insert(first)).toBe(1);
  expect(await insert(first, second)).toBe(1);
  expect(await insert(first, second)).toBe(0);
  expect(await invocations()).toHaveLength(2);
  expect(await attempts()).toHaveLength(2);
  expect(await usage()).toMatchObject([{ requests: 2, cost_nano_usd: "3000" }]);
  expect(await latency()).toMatchObject([{ requests: 2 }]);
});

test("a row twice in one batch counts once", async () => {
  const record = call();
  expect(await insert(record, record)).toBe(1);
  expect(await attempts()).toHaveLength(1);
  expect(await usage()).toMatchObject([{ requests: 1 }]);
});

test("a batch with a bad row writes none of it", async () => {
  await expect(insert(call(), call({ httpStatus: 2 ** 40 }))).rejects.toMatchObject({ code: "22003" });
  expect([await invocations(), await attempts(), await usage(), await latency()]).toEqual([[], [], [], []]);
});

test("the key's last use is the latest call with it, and never goes back", async () => {
  const { id } = await createApiKey(contextOf(opened.database, tenant), { name: "k", scopes: ["gateway:invoke"] });
  const lastUse = () => rows(`SELECT last_used_at FROM api_key WHERE tenant_id = $1 AND id = '${id}'`);
  await insert(call({ apiKeyId: id }), call({ apiKeyId: id, createdAtMs: thisMonth + 5_000 }));
  expect(await lastUse()).toEqual([{ last_used_at: new Date(thisMonth + 5_000) }]);
  await insert(call({ apiKeyId: id, createdAtMs: thisMonth - 5_000 }));
  expect(await lastUse()).toEqual([{ last_used_at: new Date(thisMonth + 5_000) }]);
});

describe("partitions", () => {
  test("a call lies in its month's, and so do its attempts", async () => {
    await insert(call());
    const month = new Date(thisMonth).toISOString().slice(0, 7).replace("-", "_");
    expect(await invocations()).toMatchObject([{ held_by: `invocation_${month}` }]);
    expect(await attempts()).toMatchObject([{ held_by: `attempt_${month}` }]);
  });

  test("a date outside every month goes to the default one: nothing is refused", async () => {
    await insert(call({ createdAtMs: Date.UTC(2001, 0, 1) }), call({ createdAtMs: Date.UTC(2099, 11, 31) }));
    expect((await invocations()).map((row) => row.held_by)).toEqual(["invocation_default", "invocation_default"]);
    expect((await attempts()).map((row) => row.held_by)).toEqual(["attempt_default", "attempt_default"]);
  });
});

test("a row that an earlier release spooled, without the columns added since, is written", async () => {
  const [invocation, tries] = JSON.parse(toRow(call()));
  await insertRows(opened.database, tenant.tenantId, [
    JSON.stringify([invocation, tries.map((attempt: unknown[]) => attempt.slice(0, -1))]),
  ]);
  expect(await attempts()).toMatchObject([{ provider_request_id: null }]);
});

test("text that JSON can say and PostgreSQL cannot hold is written all the same", async () => {
  await insert(call({ requestId: "a\0b", metadata: { "k\0": "a\0\ud800b\\u0000😀" } }));
  expect(await invocations()).toMatchObject([
    { request_id: "a\ufffdb", metadata: { "k\ufffd": "a\ufffd\ufffdb\\u0000😀" } },
  ]);
});

test.each(['"', "\\", '\\"', "{a,b}", "NULL", "", " a ", "a'b;--", "a\nb\r\t\u0001"])(
  "the text %j comes back as it was, in a column and in metadata",
  async (text) => {
    await insert(call({ requestId: text, metadata: { [text]: text }, attempts: [makeAttempt({ message: text })] }));
    expect(await invocations()).toMatchObject([{ request_id: text, metadata: { [text]: text } }]);
    expect(await attempts()).toMatchObject([{ message: text }]);
  },
);

test("the writer sets aside exactly the rows that are refused or are none", async () => {
  const reject = vi.fn(async (_rows: readonly SpooledRow[], _reason: string) => {});
  const held = new Map<string, string>();
  const writer = createLedgerWriter({
    spool: {
      put: async (lines) => {
        held.set("batch", lines);
        return "batch";
      },
      take: async (name) => held.get(name) ?? "",
      remove: async (name) => void held.delete(name),
      leftovers: async () => [],
      reject,
    },
    insert: (tenantId, batch) => insertRows(opened.database, tenantId, batch),
    log: { warn: () => {}, error: () => {} },
  });
  const bad = { tenantId: tenant.tenantId, row: toRow(call({ latencyMs: 2 ** 40 })) };
  const damaged = { tenantId: tenant.tenantId, row: "\0\0" };
  const good = () => ({ tenantId: tenant.tenantId, row: toRow(call()) });
  await writer.put([good(), bad, good(), damaged].map(toLine).join(""));
  await writer.close();
  expect(await invocations()).toHaveLength(2);
  expect(reject.mock.calls).toEqual([
    [[bad], expect.stringContaining("out of range")],
    [[damaged], expect.stringContaining("SyntaxError")],
  ]);
  expect(held.size).toBe(0);
});
