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

type Pending<Row> = Map<string, Row & { hour: string; count: number }>;

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

  const put = (tenantId: string, row: Row & { hour: string; count: number }) => {
    const ofTenant: Pending<Row> = pending.get(tenantId) ?? new Map();
    pending.set(tenantId, ofTenant);
    const key = `${row.hour} ${row.key}`;
    const earlier = ofTenant.get(key);
    const { hour, count } = row;
    ofTenant.set(key, earlier === undefined ? row : { ...merge(earlier, row), hour, count: earlier.count + count });
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
      const rows = [...ofTenant].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
      try {
        await queryWithinTenant(database, tenantId, statement, [JSON.stringify(rows)]);
      } catch (error) {
        log.warn({ err: error }, `${what} wait: PostgreSQL does not take them`);
        for (const row of rows) put(tenantId, row);
        schedule(WRITE_MS);
      }
    }
  };

  return {
    add(tenantId, row) {
      const hour = new Date(Math.floor(now() / HOUR_MS) * HOUR_MS).toISOString();
      put(tenantId, { ...row, hour, count: 1 });
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
      const lost = [...pending.values()].flatMap((ofTenant) => [...ofTenant.values()].map(({ key }) => key));
      if (lost.length > 0) log.error({ lost }, `${what} are lost`);
    },
  };
}
