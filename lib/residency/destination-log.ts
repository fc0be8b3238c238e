import { AsyncLocalStorage } from "node:async_hooks";
import { type Database, queryWithinTenant } from "#lib/db/client.ts";
import type { GatewayPorts, Provider } from "#lib/gateway/ports.ts";

/** An end that a request has gone to, as the transport tells of it. */
export interface ReachedEnd {
  host: string;
  port: number;
  /** Null: the request went out for nobody in particular. */
  tenantId: string | null;
}

/** Counts every end that tenants' requests go to, by hour. Whatever is in the way of that is never in a call's way. */
export interface DestinationLog {
  /** Returns at once and never throws. An end that is new this hour is written at once, further counts every second. */
  reached(end: ReachedEnd): void;
  /** The same providers; what is reached while one of them is called counts for its connection, and for its caller. */
  watch(providers: GatewayPorts["providers"]): GatewayPorts["providers"];
  /** Waits until all that was reached so far is written, or could not be. */
  flush(): Promise<void>;
  /** Flushes and stops. */
  close(): Promise<void>;
}

interface LogPorts {
  database: Database;
  log: Record<"warn" | "error", (details: object, message: string) => void>;
  /** Epoch milliseconds. */
  now(): number;
}

/** Who is called. No more than that: kept-alive sockets hold on to the call that they were opened in. */
interface Called {
  tenantId: string;
  connection: string;
  provider: string;
  regions: readonly string[];
}

interface Count extends Omit<Called, "tenantId"> {
  hour: string;
  host: string;
  port: number;
  attempts: number;
}

const HOUR_MS = 3_600_000;
const WRITE_MS = 1_000;
const MAX_KNOWN = 100_000;
/** A test or the discovery of a connection that is not saved yet. */
const UNSAVED = { connection: "", provider: "", regions: [] };

export function openDestinationLog({ database, log, now }: LogPorts): DestinationLog {
  const calls = new AsyncLocalStorage<Called>();
  /** By tenant, then by what makes a row. */
  let pending = new Map<string, Map<string, Count>>();
  /** Ends that have been counted this hour. */
  const known = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let writing: Promise<void> = Promise.resolve();
  let isClosed = false;

  const add = (tenantId: string, count: Count) => {
    const key = keyOf(count);
    const ofTenant = pending.get(tenantId) ?? new Map<string, Count>();
    pending.set(tenantId, ofTenant);
    const earlier = ofTenant.get(key);
    ofTenant.set(key, earlier === undefined ? count : merged(earlier, count));
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
    for (const [tenantId, counts] of batch) {
      const rows = [...counts.values()];
      try {
        await queryWithinTenant(database, tenantId, UPSERT, [JSON.stringify(rows.sort(byKey))]);
      } catch (error) {
        log.warn({ err: error }, "the destinations of calls wait: PostgreSQL does not take them");
        for (const row of rows) add(tenantId, row);
        schedule(WRITE_MS);
      }
    }
  };

  return {
    reached({ host, port, tenantId: reachedFor }) {
      const called = calls.getStore();
      const tenantId = reachedFor ?? called?.tenantId ?? null;
      if (tenantId === null) return;
      const { connection, provider, regions } = called ?? UNSAVED;
      const hour = new Date(Math.floor(now() / HOUR_MS) * HOUR_MS).toISOString();
      const count = { hour, connection, provider, host: host.replace(/^\[|\]$/g, ""), port, regions, attempts: 1 };
      add(tenantId, count);
      const end = `${tenantId} ${keyOf(count)}`;
      const isNew = !known.has(end);
      if (known.size > MAX_KNOWN) known.clear();
      known.add(end);
      schedule(isNew ? 0 : WRITE_MS);
    },
    watch: (providers) => ({
      get(called): Provider {
        const provider = providers.get(called);
        return {
          call(request) {
            const { id, provider: providerId, regions } = request.connection;
            const store = { tenantId: request.tenantId, connection: id, provider: providerId, regions };
            return calls.run(store, () => provider.call(request));
          },
        };
      },
    }),
    flush: write,
    async close() {
      isClosed = true;
      await write();
      // Once more, for what the database did not take while it was ending something else.
      if (pending.size > 0) await write();
      const lost = [...pending.values()].flatMap((counts) => [...counts.values()].map(({ host }) => host));
      if (lost.length > 0) log.error({ hosts: [...new Set(lost)] }, "the last destinations of calls are lost");
    },
  };
}

function keyOf({ hour, connection, host, port }: Count): string {
  return `${hour} ${connection} ${host} ${port}`;
}

function merged(earlier: Count, later: Count): Count {
  const regions =
    earlier.regions === later.regions ? later.regions : [...new Set([...earlier.regions, ...later.regions])];
  return { ...later, regions, attempts: earlier.attempts + later.attempts };
}

/** Rows are written in one order, so that two instances cannot wait for each other. */
function byKey(one: Count, other: Count): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

/** A connection whose regions were changed within the hour was in all of them. */
const UPSERT = `
INSERT INTO destination_hourly AS d (tenant_id, hour, connection, provider, host, port, regions, attempts)
SELECT current_tenant_id(), hour, connection, provider, host, port, regions, attempts
FROM jsonb_to_recordset($1::jsonb)
  AS row(hour timestamptz, connection text, provider text, host text, port int, regions text[], attempts int)
ON CONFLICT (tenant_id, hour, connection, host, port) DO UPDATE SET
  provider = excluded.provider,
  regions = (SELECT coalesce(array_agg(DISTINCT region ORDER BY region), '{}') FROM unnest(d.regions || excluded.regions) AS region),
  attempts = d.attempts + excluded.attempts`;
