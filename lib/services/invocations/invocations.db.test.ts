import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeAttempt, makeInvocation, makeUsage } from "#e2e/isolation/support/gateway.ts";
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
import { createConnection } from "../connections/create.ts";
import { listInvocations } from "./list.ts";
import { readInvocation } from "./read.ts";
import { invocationDetailSchema, invocationPageSchema } from "./schemas.ts";

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

const NOW = Date.now();
const as = (owner = tenant) => contextOf(opened.database, owner);

/** Calls that were made at these moments, each with an id of its time, as the gateway makes them. */
async function record(owner: TestTenant, madeAtMs: number[], part: Partial<InvocationRecord> = {}): Promise<string[]> {
  const records = madeAtMs.map((createdAtMs) =>
    makeInvocation({ id: uuidv7({ msecs: createdAtMs }), tenantId: owner.tenantId, createdAtMs, ...part }),
  );
  await insertRows(opened.database, owner.tenantId, records.map(toRow));
  return records.map(({ id }) => id);
}

/** Every id of the list, page by page. */
async function readPages(limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listInvocations(as(), { limit, cursor });
    pages.push(page.data.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}

const newestFirst = (ids: string[]) => [...ids].sort().reverse();

describe("the list, page by page", () => {
  test("is newest first, without a gap or a repeat", async () => {
    const ids = await record(
      tenant,
      Array.from({ length: 23 }, (_, at) => NOW - at * 1_000),
    );
    const pages = await readPages(5);
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 3]);
    expect(pages.flat()).toEqual(ids);
  });

  test("keeps apart calls of the very same millisecond", async () => {
    const ids = await record(
      tenant,
      Array.from({ length: 11 }, () => NOW),
    );
    expect((await readPages(3)).flat()).toEqual(newestFirst(ids));
  });

  test("does not shift when calls come in between pages", async () => {
    const ids = await record(tenant, [NOW - 4_000, NOW - 3_000, NOW - 2_000, NOW - 1_000]);
    const first = await listInvocations(as(), { limit: 2 });
    await record(tenant, [NOW, NOW]);
    const second = await listInvocations(as(), { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.nextCursor).toBeNull();
  });

  test("ends without a cursor when the last page is exactly full", async () => {
    await record(tenant, [NOW, NOW - 1]);
    expect((await listInvocations(as(), { limit: 2 })).nextCursor).toBeNull();
  });

  test("is empty for a tenant without calls, and has 50 a page unless asked", async () => {
    expect(await listInvocations(as(), {})).toEqual({ data: [], nextCursor: null });
    await record(
      tenant,
      Array.from({ length: 51 }, (_, at) => NOW - at),
    );
    expect((await listInvocations(as(), {})).data).toHaveLength(50);
  });

  test("holds only the tenant's own, and nothing that its schema does not say", async () => {
    const other = await makeTenant(opened.database, `other-${count}`);
    await record(other, [NOW]);
    const ids = await record(tenant, [NOW], { costNanoUsd: 9_007_199_254_740_993n, metadata: { feature: "inbox" } });
    const page = await listInvocations(as(), {});
    expect(page.data.map(({ id }) => id)).toEqual(ids);
    expect(page.data[0]).toMatchObject({ costNanoUsd: "9007199254740993", metadata: { feature: "inbox" } });
    expect(invocationPageSchema.parse(JSON.parse(JSON.stringify(page)))).toEqual(page);
    expect(page.data[0]).not.toHaveProperty("tenantId");
  });

  test.each([
    "x",
    "2026-01-01T00:00:00.000Z",
    "2026-01-01T00:00:00.000Z_x",
    `_${uuidv7()}`,
    `0000-01-01T00:00:00Z_${uuidv7()}`,
    "2026_01_01",
    "\0",
  ])("refuses the cursor %j", async (cursor) => {
    const attempt = listInvocations(as(), { cursor });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { cursor: expect.any(String) } });
  });

  test.each([0, 201, 1.5, "many"])("refuses a limit of %j", async (limit) => {
    const attempt = listInvocations(as(), { limit });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { limit: expect.any(String) } });
  });
});

describe("one invocation", () => {
  test("comes with each of its attempts in order", async () => {
    const attempts = [3, 1, 2].map((number) =>
      makeAttempt({
        number,
        model: `m${number}`,
        status: number === 3 ? "succeeded" : "failed",
        usage: makeUsage(1, 2),
      }),
    );
    const [id = ""] = await record(tenant, [NOW], { attempts });
    const found = await readInvocation(as(), { id });
    expect(found).toMatchObject({ id, attemptCount: 3, inputTokens: 100 });
    expect(found.attempts.map(({ number, model, status }) => [number, model, status])).toEqual([
      [1, "m1", "failed"],
      [2, "m2", "failed"],
      [3, "m3", "succeeded"],
    ]);
    expect(invocationDetailSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  });

  test("names the connections of its attempts as they are called now, and says of one that is gone no name", async () => {
    const input = { provider: "groq", name: "Our Groq", fields: { apiKey: "gsk-0123456789abcdef0123" } };
    const own = await createConnection(as(), input);
    const tries = ["demo", own.id, uuidv7()].map((connectionId, at) => makeAttempt({ number: at + 1, connectionId }));
    const [id = ""] = await record(tenant, [NOW], { attempts: tries });
    const { attempts } = await readInvocation(as(), { id });
    expect(attempts.map(({ connectionName }) => connectionName)).toEqual(["demo", "Our Groq", null]);
  });

  test("is found whatever month it lies in", async () => {
    const moments = [NOW, Date.UTC(2001, 0, 1), Date.UTC(2020, 5, 30, 23, 59, 59, 999)];
    for (const id of await record(tenant, moments)) expect((await readInvocation(as(), { id })).id).toBe(id);
  });

  test("of another tenant is as little found as one that there is not, or what is no id", async () => {
    const other = await makeTenant(opened.database, `other-${count}`);
    const [foreign = ""] = await record(other, [NOW]);
    const ids = [foreign, uuidv7(), "ffffffff-ffff-ffff-ffff-ffffffffffff", "ffffffff-ffff-7fff-bfff-ffffffffffff"];
    const messages: unknown[] = [];
    for (const id of [...ids, "00000000-0000-0000-0000-000000000000", "nope", "\0"]) {
      const error = await readInvocation(as(), { id }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "not_found", status: 404 });
      messages.push((error as Error).message);
    }
    expect(new Set(messages).size).toBe(1);
    expect((await readInvocation(as(other), { id: foreign })).id).toBe(foreign);
  });
});

test("who may not read invocations may read neither the list nor one", async () => {
  const [id = ""] = await record(tenant, [NOW]);
  for (const actor of [memberOf(tenant, "viewer"), keyWith(["gateway:invoke"])]) {
    const context = contextOf(opened.database, tenant, actor);
    await expect(listInvocations(context, {})).rejects.toMatchObject({ code: "not_allowed" });
    await expect(readInvocation(context, { id })).rejects.toMatchObject({ code: "not_allowed" });
  }
});
