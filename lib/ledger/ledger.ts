import { setTimeout as sleep } from "node:timers/promises";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import { toRow } from "./record-row.ts";
import type { Spool, SpooledRow } from "./spool.ts";

export interface LedgerWriter {
  /** Returns at once and never throws. The record is in the spool within `FLUSH_MS` and in PostgreSQL soon after. */
  record(invocation: InvocationRecord): void;
  /** Waits until everything recorded so far is in PostgreSQL, or safe in the spool if that cannot be reached. */
  flush(): Promise<void>;
  /** Flushes and stops. What PostgreSQL did not take is written by the next start. */
  close(): Promise<void>;
}

interface LedgerPorts {
  spool: Spool;
  /** Writes rows of one tenant; throws when PostgreSQL cannot be reached or refuses them. */
  insert(tenantId: string, rows: readonly string[]): Promise<number>;
  log: { warn(details: object, message: string): void; error(details: object, message: string): void };
}

const FLUSH_MS = 100;
const MAX_BATCH = 500;
/** So many batches are also kept in memory on their way to PostgreSQL; more wait on disk alone. */
const MAX_BATCHES_IN_MEMORY = 8;
const RETRY_MS = { first: 250, most: 10_000 };

interface Batch {
  /** Its name in the spool. */
  name: string;
  rows: readonly SpooledRow[] | null;
}

/** Batches go memory → spool → PostgreSQL, in order, off the path of the calls they record. */
export function createLedgerWriter({ spool, insert, log }: LedgerPorts): LedgerWriter {
  let pending: SpooledRow[] = [];
  let backlog: Batch[] = [];
  let spoolTimer: NodeJS.Timeout | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let retryMs = RETRY_MS.first;
  let spooledAt = Number.NEGATIVE_INFINITY;
  let isClosing = false;

  const stumble = (error: unknown) => log.error({ err: error }, "the ledger stumbled");
  // Each is a line of its own: what is recorded reaches the spool however long PostgreSQL takes or stays away.
  let spooling = spool
    .leftovers()
    .then((names) => {
      backlog = names.map((name) => ({ name, rows: null }));
      if (names.length > 0) scheduleRetry(0);
    })
    .catch(stumble);
  let draining = spooling;

  const scheduleSpooling = (delayMs: number) => {
    spoolTimer ??= setTimeout(async () => {
      spoolTimer = undefined;
      spooledAt = Date.now();
      await spoolNow();
      if (retryTimer === undefined) await drainNow();
    }, delayMs).unref();
  };
  const scheduleRetry = (delayMs: number) => {
    if (isClosing) return;
    retryTimer ??= setTimeout(() => {
      retryTimer = undefined;
      void drainNow();
    }, delayMs).unref();
  };
  const spoolNow = () => {
    spooling = spooling.then(spoolPending).catch(stumble);
    return spooling;
  };
  const drainNow = () => {
    draining = draining.then(drain).catch(stumble);
    return draining;
  };
  const run = async () => {
    await spoolNow();
    await drainNow();
  };

  const spoolPending = async () => {
    while (pending.length > 0) {
      const rows = pending.splice(0, MAX_BATCH);
      try {
        const name = await spool.put(rows);
        backlog.push({ name, rows: backlog.length < MAX_BATCHES_IN_MEMORY ? rows : null });
      } catch (error) {
        log.error({ err: error }, "the ledger's spool cannot be written: is the disk full?");
        // Straight to PostgreSQL, then: memory is the last place that holds them.
        await write(rows).catch(() => {
          pending = [...rows, ...pending];
        });
        if (!isClosing) scheduleSpooling(RETRY_MS.first);
        return;
      }
    }
  };

  const drain = async () => {
    while (backlog.length > 0) {
      const together = firstBatches(backlog);
      try {
        const rows = await Promise.all(together.map((batch) => batch.rows ?? spool.take(batch.name)));
        await write(rows.flat());
        retryMs = RETRY_MS.first;
      } catch (error) {
        log.warn(
          { err: error, batches: backlog.length },
          "invocations wait in the spool: PostgreSQL does not take them",
        );
        scheduleRetry(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MS.most);
        return;
      }
      await Promise.all(together.map(({ name }) => spool.remove(name)));
      backlog.splice(0, together.length);
    }
  };

  const write = async (rows: readonly SpooledRow[]) => {
    for (const [tenantId, ofTenant] of groupByTenant(rows)) await writeOrSetAside(tenantId, ofTenant);
  };

  /** One bad row must not hold up the rest for ever: the batch is halved until it stands alone, then set aside. */
  const writeOrSetAside = async (tenantId: string, rows: string[]): Promise<void> => {
    try {
      await insert(tenantId, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (rows.length === 1) {
        log.error({ err: error, tenantId }, "PostgreSQL refuses an invocation: set aside in the spool");
        await spool.reject([{ tenantId, row: rows[0] as string }], String(error));
        return;
      }
      const middle = Math.ceil(rows.length / 2);
      await writeOrSetAside(tenantId, rows.slice(0, middle));
      await writeOrSetAside(tenantId, rows.slice(middle));
    }
  };

  return {
    record(invocation) {
      pending.push({ tenantId: invocation.tenantId, row: toRow(invocation) });
      // A lone call is safe at once; under load a batch every FLUSH_MS is.
      scheduleSpooling(Math.max(0, spooledAt + FLUSH_MS - Date.now()));
    },
    flush: run,
    async close() {
      isClosing = true;
      clearTimeout(spoolTimer);
      clearTimeout(retryTimer);
      await Promise.race([run(), sleep(5_000, undefined, { ref: false })]);
    },
  };
}

/** As many as make up one batch: under load several wait, and each transaction costs the same whatever it holds. */
function firstBatches(backlog: readonly Batch[]): Batch[] {
  const [first, ...rest] = backlog as [Batch, ...Batch[]];
  const together = [first];
  let count = first.rows?.length ?? MAX_BATCH;
  for (const batch of rest) {
    count += batch.rows?.length ?? MAX_BATCH;
    if (count > MAX_BATCH) break;
    together.push(batch);
  }
  return together;
}

function groupByTenant(rows: readonly SpooledRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { tenantId, row } of rows) {
    const group = groups.get(tenantId);
    if (group === undefined) groups.set(tenantId, [row]);
    else group.push(row);
  }
  return groups;
}

/** SQLSTATE classes that speak of the data itself, as a syntax error does: sending it again cannot help. */
const REFUSAL = /^2[123][0-9A-Z]{3}$/;

function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof SyntaxError || (typeof code === "string" && REFUSAL.test(code));
}
