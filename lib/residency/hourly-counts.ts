import { type Database, queryWithinTenant } from "#lib/db/client.ts";

export interface CountPorts {
  database: Database;
  log: Record<"warn" | "error", (details: object, message: string) => void>;
  /** Epoch milliseconds. */
  now(): number;
}

/** What a row counts, besides how often and in which hour. */
interface Counted {
  /** Tells rows of one tenant and hour apart. */
  key: string;
}

interface CountSettings<Row extends Counted> {
  /** For the log: "destinations". */
  what: string;
  /** Takes a JSON list of rows with their `hour` and `count` as its one parameter, and adds to those that are there. */
  statement: string;
  /** Of two rows that count the same, the one to go on with. */
  merge(earlier: Row, later: Row): Row;
}

/** Counts by tenant and hour, kept in memory for a moment. Counting is never in a call's way. */
export interface HourlyCounts<Row extends Counted> {
  /** Returns at once and never throws. What is new this hour is written at once, further counts every second. */
  add(tenantId: string, row: Row): void;
  /** Waits until everything counted so far is written, or could not be. */
  flush(): Promise<void>;
  /** Flushes and stops. */
  close(): Promise<void>;
}

interface Counter<Row> {
  row: Row;
  hour: string;
  count: number;
}

type Pending<Row> = Map<string, Counter<Row>>;

const HOUR_MS = 3_600_000;
const WRITE_MS = 1_000;
const MAX_KNOWN = 100_000;

export function openHourlyCounts<Row extends Counted>(
  { database, log, now }: CountPorts,
  { what, statement, merge }: CountSettings<Row>,
): HourlyCounts<Row> {
  let pending = new Map<string, Pending<Row>>();
  /** What has been counted this hour already, or a little earlier. */
  const known = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let writing: Promise<void> = Promise.resolve();
  let isClosed = false;

  const hourNow = rememberHour(now);

  /** Whether it is the first that counts the same. */
  const put = (tenantId: string, counter: Counter<Row>): boolean => {
    let ofTenant = pending.get(tenantId);
    if (ofTenant === undefined) {
      ofTenant = new Map();
      pending.set(tenantId, ofTenant);
    }
    const key = `${counter.hour} ${counter.row.key}`;
    const earlier = ofTenant.get(key);
    if (earlier === undefined) {
      ofTenant.set(key, counter);
      return true;
    }
    earlier.row = merge(earlier.row, counter.row);
    earlier.count += counter.count;
    return false;
  };
  const schedule = (delayMs: number) => {
    if (isClosed || (timer !== undefined && (isSoon || delayMs > 0))) return;
    clearTimeout(timer);
    isSoon = delayMs === 0;
    timer = setTimeout(write, delayMs).unref();
  };
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    isSoon = false;
    writing = writing.then(writeAll);
    return writing;
  };
  const writeAll = async () => {
    const batch = pending;
    pending = new Map();
    for (const [tenantId, ofTenant] of batch) {
      // In one order, so that two instances cannot wait for each other.
      const counters = [...ofTenant].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, counter]) => counter);
      const rows = counters.map(({ row, hour, count }) => ({ ...row, hour, count }));
      try {
        await queryWithinTenant(database, tenantId, statement, [JSON.stringify(rows)]);
      } catch (error) {
        log.warn({ err: error }, `${what} wait: PostgreSQL does not take them`);
        for (const counter of counters) put(tenantId, counter);
        schedule(WRITE_MS);
      }
    }
  };

  return {
    add(tenantId, row) {
      const hour = hourNow();
      // What counts with an earlier one is written when that is.
      if (!put(tenantId, { row, hour, count: 1 })) return;
      const name = `${tenantId} ${hour} ${row.key}`;
      const isNew = !known.has(name);
      if (known.size >= MAX_KNOWN) known.clear();
      known.add(name);
      schedule(isNew ? 0 : WRITE_MS);
    },
    flush: write,
    async close() {
      isClosed = true;
      await write();
      // Once more, for what the database did not take while it was ending something else.
      if (pending.size > 0) await write();
      const lost = [...pending.values()].flatMap((ofTenant) => [...ofTenant.values()].map(({ row }) => row.key));
      if (lost.length > 0) log.error({ lost }, `${what} are lost`);
    },
  };
}

/** The hour that it is, in ISO 8601: written anew once it has changed, since every call asks for it. */
function rememberHour(now: () => number): () => string {
  let hour = Number.NaN;
  let text = "";
  return () => {
    const current = Math.floor(now() / HOUR_MS);
    if (current !== hour) {
      hour = current;
      text = new Date(hour * HOUR_MS).toISOString();
    }
    return text;
  };
}
