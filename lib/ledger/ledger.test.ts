import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { createLedgerWriter } from "./ledger.ts";
import { parseRow } from "./record-row.ts";
import type { Spool, SpooledRow } from "./spool.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A spool in memory, which outlives the writers that use it; `isFull` makes it refuse. */
function memorySpool() {
  const batches = new Map<string, readonly SpooledRow[]>();
  const rejected: { rows: readonly SpooledRow[]; reason: string }[] = [];
  let count = 0;
  const state = { isFull: false };
  const spool: Spool = {
    async put(rows) {
      if (state.isFull) throw new Error("ENOSPC");
      count += 1;
      batches.set(`batch-${count}`, [...rows]);
      return `batch-${count}`;
    },
    take: async (name) => [...(batches.get(name) ?? [])],
    remove: async (name) => void batches.delete(name),
    leftovers: async () => [...batches.keys()],
    reject: async (rows, reason) => void rejected.push({ rows, reason }),
  };
  return { spool, batches, rejected, state };
}

/** A PostgreSQL that keeps each id once, as the real one does. */
function database() {
  const ids = new Map<string, string[]>();
  const batchSizes: number[] = [];
  let fault: ((ids: string[]) => unknown) | null = null;
  const insert = async (tenantId: string, rows: readonly string[]) => {
    const given = rows.map((row) => parseRow(row).invocation[0] as string);
    const error = fault?.(given);
    if (error) throw error;
    batchSizes.push(rows.length);
    const kept = ids.get(tenantId) ?? [];
    ids.set(tenantId, [...kept, ...given.filter((id) => !kept.includes(id))]);
    return given.length;
  };
  const fail = (how: typeof fault) => {
    fault = how;
  };
  return { insert, ids, batchSizes, fail };
}

const A = "0190a000-0000-7000-8000-00000000000a";
const B = "0190a000-0000-7000-8000-00000000000b";
const idOf = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const call = (n: number, tenantId = A) => makeInvocation({ id: idOf(n), tenantId });
const ids = (...numbers: number[]) => numbers.map(idOf);

function start(store = memorySpool(), target = database()) {
  const log = { warn: vi.fn(), error: vi.fn() };
  const ledger = createLedgerWriter({ spool: store.spool, insert: target.insert, log });
  return { ...store, ...target, ledger, log };
}

const OFFLINE = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
/** As node-postgres hands on what PostgreSQL says of a row. */
const refusal = (code: string) => Object.assign(new Error("Raw query failed"), { code });

describe("off the path of the calls", () => {
  test("recording does nothing by itself; what came together is written together, a tenant at a time", async () => {
    const { ledger, ids: kept, batchSizes, batches } = start();
    for (const n of [1, 2, 3]) ledger.record(call(n));
    ledger.record(call(4, B));
    expect(kept.size + batches.size).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    await ledger.flush();
    expect(kept).toEqual(
      new Map([
        [A, ids(1, 2, 3)],
        [B, ids(4)],
      ]),
    );
    expect(batchSizes).toEqual([3, 1]);
    expect(batches.size).toBe(0);
  });

  test("large numbers go in batches of at most 500, in order", async () => {
    const { ledger, ids: kept, batchSizes } = start();
    for (let n = 0; n < 1_201; n += 1) ledger.record(call(n));
    await ledger.flush();
    expect(batchSizes).toEqual([500, 500, 201]);
    expect(kept.get(A)).toEqual(Array.from({ length: 1_201 }, (_, n) => idOf(n)));
  });

  test("flush answers once all that was recorded before it is written", async () => {
    const { ledger, ids: kept } = start();
    ledger.record(call(1));
    await ledger.flush();
    expect(kept.get(A)).toEqual(ids(1));
  });
});

describe("while PostgreSQL is away", () => {
  test("nothing is lost or doubled: it is written in order when PostgreSQL is back", async () => {
    const { ledger, ids: kept, fail, batches, log } = start();
    fail(() => OFFLINE);
    ledger.record(call(1));
    await ledger.flush();
    ledger.record(call(2));
    await ledger.flush();
    expect(kept.size).toBe(0);
    expect(batches.size).toBe(2);
    expect(log.warn).toHaveBeenCalled();
    fail(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.get(A)).toEqual(ids(1, 2));
    expect(batches.size).toBe(0);
  });

  test("what is recorded reaches the spool within a tenth of a second, however long the next try is off", async () => {
    const { ledger, fail, batches, log } = start();
    fail(() => OFFLINE);
    ledger.record(call(1));
    await vi.advanceTimersByTimeAsync(6_000);
    ledger.record(call(2));
    await vi.advanceTimersByTimeAsync(100);
    expect([...batches.values()].flat().map(({ row }) => parseRow(row).invocation[0])).toEqual(ids(1, 2));
    // At 0.1, 0.35, 0.85, 1.85 and 3.85 s: what is new does not try PostgreSQL out of turn.
    expect(log.warn).toHaveBeenCalledTimes(5);
  });

  test("an insert that hangs does not keep records from the spool", async () => {
    const store = memorySpool();
    const log = { warn: vi.fn(), error: vi.fn() };
    const insert = () => new Promise<number>(() => {});
    const ledger = createLedgerWriter({ spool: store.spool, insert, log });
    ledger.record(call(1));
    await vi.advanceTimersByTimeAsync(100);
    ledger.record(call(2));
    await vi.advanceTimersByTimeAsync(100);
    expect(store.batches.size).toBe(2);
  });

  test("tries come further and further apart, at most ten seconds", async () => {
    const { ledger, fail, log } = start();
    fail(() => OFFLINE);
    ledger.record(call(1));
    await vi.advanceTimersByTimeAsync(60_000);
    // At 0.1 s, then after 0.25, 0.5, 1, 2, 4, 8, 10, 10, 10 and 10 seconds.
    expect(log.warn).toHaveBeenCalledTimes(11);
  });

  test("a write that happened before the answer was lost is not counted twice", async () => {
    const { ledger, spool, insert, ids: kept, batches } = start();
    let tries = 0;
    const lossy = createLedgerWriter({
      spool,
      log: { warn: vi.fn(), error: vi.fn() },
      insert: async (tenantId, rows) => {
        await insert(tenantId, rows);
        tries += 1;
        if (tries === 1) throw OFFLINE;
        return rows.length;
      },
    });
    await ledger.close();
    lossy.record(call(1));
    await lossy.flush();
    await lossy.flush();
    expect(tries).toBe(2);
    expect(kept.get(A)).toEqual(ids(1));
    expect(batches.size).toBe(0);
  });
});

describe("a row that PostgreSQL refuses for what it holds", () => {
  test.each(["22003", "22P02", "23514"])("is set aside (%s) and the others are written", async (code) => {
    const { ledger, ids: kept, fail, rejected, batches, log } = start();
    fail((given) => (given.includes(idOf(3)) ? refusal(code) : null));
    for (const n of [1, 2, 3, 4, 5]) ledger.record(call(n));
    ledger.record(call(6, B));
    await ledger.flush();
    expect(kept).toEqual(
      new Map([
        [A, ids(1, 2, 4, 5)],
        [B, ids(6)],
      ]),
    );
    expect(rejected).toMatchObject([{ rows: [{ tenantId: A }], reason: expect.stringContaining("Raw query failed") }]);
    expect(batches.size).toBe(0);
    expect(log.error).toHaveBeenCalledOnce();
  });

  test.each(["53300", "40001", "57P01", "42P01"])("other faults (%s) set nothing aside: it waits", async (code) => {
    const { ledger, fail, rejected, batches } = start();
    fail(() => refusal(code));
    ledger.record(call(1));
    await ledger.flush();
    expect(rejected).toEqual([]);
    expect(batches.size).toBe(1);
  });
});

test("what an earlier process left is written without anything new being recorded, and before it", async () => {
  const store = memorySpool();
  const first = start(store);
  first.fail(() => OFFLINE);
  first.ledger.record(call(1));
  await first.ledger.close();
  const second = start(store);
  second.ledger.record(call(2));
  await vi.advanceTimersByTimeAsync(200);
  expect(second.ids.get(A)).toEqual(ids(1, 2));
  expect(store.batches.size).toBe(0);
});

test("a spool that cannot be written loses nothing: straight to PostgreSQL, or kept until one of them works", async () => {
  const { ledger, state, fail, ids: kept } = start();
  state.isFull = true;
  ledger.record(call(1));
  await ledger.flush();
  expect(kept.get(A)).toEqual(ids(1));
  fail(() => OFFLINE);
  ledger.record(call(2));
  await ledger.flush();
  fail(null);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept.get(A)).toEqual(ids(1, 2));
});

test("close writes everything, and leaves in the spool what PostgreSQL does not take", async () => {
  const good = start();
  good.ledger.record(call(1));
  await good.ledger.close();
  expect(good.ids.get(A)).toEqual(ids(1));

  const bad = start();
  bad.fail(() => OFFLINE);
  bad.ledger.record(call(1));
  await bad.ledger.close();
  expect(bad.batches.size).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
