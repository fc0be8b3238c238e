import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { parseRow, toRow } from "./record-row.ts";
import { type Spool, type SpooledRow, toLine } from "./spool.ts";
import { createLedgerWriter } from "./writer.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A spool in memory, which outlives the writers that use it; `isFull` makes it refuse. */
function memorySpool() {
  const batches = new Map<string, string>();
  const rejected: { rows: readonly SpooledRow[]; reason: string }[] = [];
  let count = 0;
  const state = { isFull: false };
  const spool: Spool = {
    async put(lines) {
      if (state.isFull) throw new Error("ENOSPC");
      count += 1;
      batches.set(`batch-${count}`, lines);
      return `batch-${count}`;
    },
    take: async (name) => batches.get(name) ?? "",
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
const call = (n: number, tenantId = A) => toLine({ tenantId, row: toRow(makeInvocation({ id: idOf(n), tenantId })) });
const ids = (...numbers: number[]) => numbers.map(idOf);

function start(store = memorySpool(), target = database()) {
  const log = { warn: vi.fn(), error: vi.fn() };
  const writer = createLedgerWriter({ spool: store.spool, insert: target.insert, log });
  return { ...store, ...target, writer, log };
}

const OFFLINE = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
/** As node-postgres hands on what PostgreSQL says of a row. */
const refusal = (code: string) => Object.assign(new Error("Raw query failed"), { code });

describe("on the way to PostgreSQL", () => {
  test("what is put is in the spool when that is answered; what came together is written together, by tenant", async () => {
    const { writer, ids: kept, batchSizes, batches } = start();
    await writer.put(call(1) + call(2) + call(3) + call(4, B));
    expect([kept.size, batches.size]).toEqual([0, 1]);
    await writer.flush();
    expect(kept).toEqual(
      new Map([
        [A, ids(1, 2, 3)],
        [B, ids(4)],
      ]),
    );
    expect(batchSizes).toEqual([3, 1]);
    expect(batches.size).toBe(0);
  });

  test("a lone batch is written at once, and what follows on it a quarter of a second later, together", async () => {
    const { writer, batchSizes } = start();
    await writer.put(call(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(batchSizes).toEqual([1]);
    await writer.put(call(2));
    await writer.put(call(3));
    await vi.advanceTimersByTimeAsync(200);
    expect(batchSizes).toEqual([1]);
    await vi.advanceTimersByTimeAsync(50);
    expect(batchSizes).toEqual([1, 2]);
  });

  test("large numbers go in statements of at most 1,000, in order", async () => {
    const { writer, ids: kept, batchSizes } = start();
    const numbers = Array.from({ length: 2_201 }, (_, n) => n);
    await writer.put(numbers.map((n) => call(n)).join(""));
    await writer.flush();
    expect(batchSizes).toEqual([1_000, 1_000, 201]);
    expect(kept.get(A)).toEqual(ids(...numbers));
  });
});

describe("while PostgreSQL is away", () => {
  test("nothing is lost or doubled: it is written in order when PostgreSQL is back", async () => {
    const { writer, ids: kept, fail, batches, log } = start();
    fail(() => OFFLINE);
    await writer.put(call(1));
    await writer.flush();
    await writer.put(call(2));
    await writer.flush();
    expect(kept.size).toBe(0);
    expect(batches.size).toBe(2);
    expect(log.warn).toHaveBeenCalled();
    fail(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.get(A)).toEqual(ids(1, 2));
    expect(batches.size).toBe(0);
  });

  test("what is put reaches the spool at once, however long the next try is off", async () => {
    const { writer, fail, batches, log } = start();
    fail(() => OFFLINE);
    await writer.put(call(1));
    await vi.advanceTimersByTimeAsync(6_000);
    await writer.put(call(2));
    expect([...batches.values()]).toEqual([call(1), call(2)]);
    // At 0, 0.25, 0.75, 1.75 and 3.75 s: what is new does not try PostgreSQL out of turn.
    expect(log.warn).toHaveBeenCalledTimes(5);
  });

  test("an insert that hangs does not keep records from the spool", async () => {
    const store = memorySpool();
    const log = { warn: vi.fn(), error: vi.fn() };
    const insert = () => new Promise<number>(() => {});
    const writer = createLedgerWriter({ spool: store.spool, insert, log });
    await writer.put(call(1));
    await vi.advanceTimersByTimeAsync(100);
    await writer.put(call(2));
    await vi.advanceTimersByTimeAsync(100);
    expect(store.batches.size).toBe(2);
  });

  test("tries come further and further apart, at most ten seconds", async () => {
    const { writer, fail, log } = start();
    fail(() => OFFLINE);
    await writer.put(call(1));
    await vi.advanceTimersByTimeAsync(60_000);
    // At once, then after 0.25, 0.5, 1, 2, 4, 8, 10, 10, 10 and 10 seconds.
    expect(log.warn).toHaveBeenCalledTimes(11);
  });

  test("a write that happened before the answer was lost is not counted twice", async () => {
    const { writer, spool, insert, ids: kept, batches } = start();
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
    await writer.close();
    await lossy.put(call(1));
    await lossy.flush();
    await lossy.flush();
    expect(tries).toBe(2);
    expect(kept.get(A)).toEqual(ids(1));
    expect(batches.size).toBe(0);
  });
});

describe("a row that PostgreSQL refuses for what it holds", () => {
  test.each(["22003", "22P02", "23514"])("is set aside (%s) and the others are written", async (code) => {
    const { writer, ids: kept, fail, rejected, batches, log } = start();
    fail((given) => (given.includes(idOf(3)) ? refusal(code) : null));
    await writer.put([1, 2, 3, 4, 5].map((n) => call(n)).join("") + call(6, B));
    await writer.flush();
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
    const { writer, fail, rejected, batches } = start();
    fail(() => refusal(code));
    await writer.put(call(1));
    await writer.flush();
    expect(rejected).toEqual([]);
    expect(batches.size).toBe(1);
  });
});

test("what an earlier process left is written without anything new being recorded, and before it", async () => {
  const store = memorySpool();
  const first = start(store);
  first.fail(() => OFFLINE);
  await first.writer.put(call(1));
  await first.writer.close();
  const second = start(store);
  await second.writer.put(call(2));
  await vi.advanceTimersByTimeAsync(200);
  expect(second.ids.get(A)).toEqual(ids(1, 2));
  expect(store.batches.size).toBe(0);
});

test("a spool that cannot be written loses nothing: it is not answered until one of the two has it", async () => {
  const { writer, state, fail, ids: kept, batches } = start();
  state.isFull = true;
  await writer.put(call(1));
  expect(kept.get(A)).toEqual(ids(1));
  fail(() => OFFLINE);
  const safe = vi.fn();
  void writer.put(call(2)).then(safe);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(safe).not.toHaveBeenCalled();
  state.isFull = false;
  await vi.advanceTimersByTimeAsync(250);
  expect(safe).toHaveBeenCalledOnce();
  expect(batches.size).toBe(1);
});

test("close writes everything, and leaves in the spool what PostgreSQL does not take", async () => {
  const good = start();
  await good.writer.put(call(1));
  await good.writer.close();
  expect(good.ids.get(A)).toEqual(ids(1));

  const bad = start();
  bad.fail(() => OFFLINE);
  await bad.writer.put(call(1));
  await bad.writer.close();
  expect(bad.batches.size).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
