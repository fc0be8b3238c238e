import { fromLines, type Spool, type SpooledRow } from "./spool.ts";

export interface LedgerWriter {
  /** Answers once these lines are in the spool, or in PostgreSQL where that cannot be written. Never throws. */
  put(lines: string): Promise<void>;
  /** Waits until everything put so far is in PostgreSQL, or in the spool if that cannot be reached. */
  flush(): Promise<void>;
  /** Flushes and tries no more. What PostgreSQL did not take is written by the next start. */
  close(): Promise<void>;
}

interface WriterPorts {
  spool: Spool;
  /** Writes rows of one tenant; throws when PostgreSQL cannot be reached or refuses them. */
  insert(tenantId: string, rows: readonly string[]): Promise<number>;
  log: Record<"warn" | "error", (details: { err: unknown }, message: string) => void>;
}

/** A lone batch goes to PostgreSQL at once; under load what came in this time does: a statement has its own price. */
const DRAIN_MS = 250;
const MAX_ROWS = 1_000;
/** So many batches are also kept in memory on their way to PostgreSQL; more wait on disk alone. */
const MAX_BATCHES_IN_MEMORY = 8;
const RETRY_MS = { first: 250, most: 10_000 };

interface Batch {
  /** Its name in the spool. */
  name: string;
  rows: readonly SpooledRow[] | null;
}

/** Batches go memory → spool → PostgreSQL, in order. */
export function createLedgerWriter({ spool, insert, log }: WriterPorts): LedgerWriter {
  let backlog: Batch[] = [];
  let drainTimer: NodeJS.Timeout | undefined;
  let retryMs = RETRY_MS.first;
  let drainedAt = Number.NEGATIVE_INFINITY;
  let isClosing = false;

  const stumble = (error: unknown) => log.error({ err: error }, "the ledger stumbled");
  // Each is a line of its own: what is recorded reaches the spool however long PostgreSQL takes or stays away.
  let spooling = spool
    .leftovers()
    .then((names) => {
      backlog = names.map((name) => ({ name, rows: null }));
      if (names.length > 0) scheduleDrain(0);
    })
    .catch(stumble);
  let draining = spooling;

  /** Does not hasten a try that is already set. */
  const scheduleDrain = (delayMs: number) => {
    if (isClosing) return;
    drainTimer ??= setTimeout(drainNow, delayMs).unref();
  };
  const drainNow = () => {
    clearTimeout(drainTimer);
    drainTimer = undefined;
    draining = draining.then(drain).catch(stumble);
    return draining;
  };

  const keepSafe = async (lines: string) => {
    for (;;) {
      try {
        const name = await spool.put(lines);
        backlog.push({ name, rows: backlog.length < MAX_BATCHES_IN_MEMORY ? fromLines(lines) : null });
        scheduleDrain(Math.max(0, drainedAt + DRAIN_MS - Date.now()));
        return;
      } catch (error) {
        log.error({ err: error }, "the ledger's spool cannot be written: is the disk full?");
      }
      try {
        // Straight to PostgreSQL, then: memory is the last place that holds them.
        await write(fromLines(lines));
        return;
      } catch {
        await new Promise((wake) => setTimeout(wake, RETRY_MS.first));
      }
    }
  };

  const drain = async () => {
    drainedAt = Date.now();
    while (backlog.length > 0) {
      const together = firstBatches(backlog);
      try {
        const rows = await Promise.all(
          together.map(async ({ name, rows }) => rows ?? fromLines(await spool.take(name))),
        );
        await write(rows.flat());
        retryMs = RETRY_MS.first;
      } catch (error) {
        const waiting = { err: error, batches: backlog.length };
        log.warn(waiting, "invocations wait in the spool: PostgreSQL does not take them");
        scheduleDrain(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MS.most);
        return;
      }
      await Promise.all(together.map(({ name }) => spool.remove(name)));
      backlog.splice(0, together.length);
    }
  };

  const write = async (rows: readonly SpooledRow[]) => {
    for (const [tenantId, ofTenant] of Map.groupBy(rows, (row) => row.tenantId)) {
      for (let from = 0; from < ofTenant.length; from += MAX_ROWS) {
        await writeOrSetAside(
          tenantId,
          ofTenant.slice(from, from + MAX_ROWS).map(({ row }) => row),
        );
      }
    }
  };

  /** One bad row must not hold up the rest for ever: the batch is halved until it stands alone, then set aside. */
  const writeOrSetAside = async (tenantId: string, rows: string[]): Promise<void> => {
    try {
      await insert(tenantId, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (rows.length === 1) {
        log.error({ err: error }, "PostgreSQL refuses an invocation: set aside in the spool");
        await spool.reject([{ tenantId, row: rows[0] as string }], String(error));
        return;
      }
      const middle = Math.ceil(rows.length / 2);
      await writeOrSetAside(tenantId, rows.slice(0, middle));
      await writeOrSetAside(tenantId, rows.slice(middle));
    }
  };

  const flush = async () => {
    await spooling;
    await drainNow();
  };
  return {
    put(lines) {
      spooling = spooling.then(() => keepSafe(lines)).catch(stumble);
      return spooling;
    },
    flush,
    async close() {
      isClosing = true;
      await flush();
    },
  };
}

/** As many as make up one batch: each transaction costs the same whatever it holds. */
function firstBatches(backlog: readonly Batch[]): Batch[] {
  const [first, ...rest] = backlog as [Batch, ...Batch[]];
  const together = [first];
  let count = first.rows?.length ?? MAX_ROWS;
  for (const batch of rest) {
    count += batch.rows?.length ?? MAX_ROWS;
    if (count > MAX_ROWS) break;
    together.push(batch);
  }
  return together;
}

/** SQLSTATE classes that speak of the data itself, as a syntax error does: sending it again cannot help. */
const REFUSAL = /^2[123][0-9A-Z]{3}$/;

function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof SyntaxError || (typeof code === "string" && REFUSAL.test(code));
}
