import { AsyncLocalStorage } from "node:async_hooks";
import type { InvocationRecord } from "#lib/gateway/contract/invocation.ts";
import type { GatewayPorts, Provider } from "#lib/gateway/ports.ts";
import { regionsOf } from "#lib/gateway/routing/residency.ts";
import { type CountPorts, openHourlyCounts } from "./hourly-counts.ts";

/** An end that a request has gone to, as the transport tells of it. */
export interface ReachedEnd {
  host: string;
  port: number;
  /** Null: the request went out for nobody in particular. */
  tenantId: string | null;
}

/** Every end that tenants' requests go to, and every target that their residency keeps calls from, by hour. */
export interface DestinationLog {
  /** Returns at once and never throws. */
  reached(end: ReachedEnd): void;
  /** What the call was kept from. Returns at once and never throws. */
  observe(invocation: InvocationRecord): void;
  /** The same providers; what is reached while one of them is called counts for its connection, and for its caller. */
  watch(providers: GatewayPorts["providers"]): GatewayPorts["providers"];
  /** What is reached during the work counts for this connection. */
  during<Result>(called: CalledConnection, work: () => Result): Result;
  /** Waits until all that was counted so far is written, or could not be. */
  flush(): Promise<void>;
  /** Flushes and stops. */
  close(): Promise<void>;
}

/** Who is called. No more than that: kept-alive sockets hold on to the call that they were opened in. */
interface CalledConnection {
  tenantId: string;
  connection: string;
  provider: string;
  regions: readonly string[];
}

/** A test or the discovery of a connection that is not saved yet. */
const UNSAVED = { connection: "", provider: "", regions: [] };

export function openDestinationLog(ports: CountPorts): DestinationLog {
  const calls = new AsyncLocalStorage<CalledConnection>();
  const destinations = openHourlyCounts(ports, {
    what: "the destinations of calls",
    statement: ADD_DESTINATIONS,
    merge: (earlier: Destination, later) =>
      earlier.regions === later.regions ? later : { ...later, regions: union(earlier.regions, later.regions) },
  });
  const rejections = openHourlyCounts(ports, {
    what: "the targets that residency rejected",
    statement: ADD_REJECTIONS,
    merge: (_, later: Rejection) => later,
  });
  const both = [destinations, rejections];

  return {
    reached({ host, port, tenantId: reachedFor }) {
      const called = calls.getStore();
      const tenantId = reachedFor ?? called?.tenantId ?? null;
      if (tenantId === null) return;
      const { connection, provider, regions } = called ?? UNSAVED;
      const name = host.replace(/^\[|\]$/g, "");
      destinations.add(tenantId, {
        key: `${connection} ${name} ${port}`,
        connection,
        provider,
        host: name,
        port,
        regions,
      });
    },
    observe({ tenantId, functionSlug, rejected }) {
      const slug = functionSlug ?? "";
      // Several accounts at one provider can be outside for the same reason: that is one target still.
      const counted = new Set<string>();
      for (const { provider, model, reason } of rejected) {
        const key = [slug, provider, model, reason].join(" ");
        if (!counted.has(key)) rejections.add(tenantId, { key, slug, provider, model, reason });
        counted.add(key);
      }
    },
    watch: (providers) => ({
      get(called): Provider {
        const provider = providers.get(called);
        return {
          call(request) {
            const { tenantId, connection, model } = request;
            const { id, provider: providerId } = connection;
            const store = { tenantId, connection: id, provider: providerId, regions: regionsOf(connection, model) };
            return calls.run(store, () => provider.call(request));
          },
        };
      },
    }),
    during: (called, work) => calls.run(called, work),
    flush: async () => void (await Promise.all(both.map((counts) => counts.flush()))),
    close: async () => void (await Promise.all(both.map((counts) => counts.close()))),
  };
}

interface Destination extends Omit<CalledConnection, "tenantId"> {
  key: string;
  host: string;
  port: number;
}

interface Rejection {
  key: string;
  slug: string;
  provider: string;
  model: string;
  reason: string;
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])];
}

/** A connection whose regions were changed within the hour was in all of them. */
const ADD_DESTINATIONS = `
INSERT INTO destination_hourly AS d (tenant_id, hour, connection, provider, host, port, regions, attempts)
SELECT current_tenant_id(), hour, connection, provider, host, port, regions, count
FROM jsonb_to_recordset($1::jsonb)
  AS row(hour timestamptz, connection text, provider text, host text, port int, regions text[], count int)
ON CONFLICT (tenant_id, hour, connection, host, port) DO UPDATE SET
  provider = excluded.provider,
  regions = (SELECT coalesce(array_agg(DISTINCT region ORDER BY region), '{}') FROM unnest(d.regions || excluded.regions) AS region),
  attempts = d.attempts + excluded.attempts`;

const ADD_REJECTIONS = `
INSERT INTO rejection_hourly AS r (tenant_id, hour, function_slug, provider, model, reason, calls)
SELECT current_tenant_id(), hour, slug, provider, model, reason, count
FROM jsonb_to_recordset($1::jsonb)
  AS row(hour timestamptz, slug text, provider text, model text, reason text, count int)
ON CONFLICT (tenant_id, hour, function_slug, provider, model, reason) DO UPDATE SET calls = r.calls + excluded.calls`;
