import { LRUCache } from "lru-cache";
import type { Catalog } from "#lib/catalog/index.ts";
import { type Database, withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { PlatformConnections } from "#lib/services/context.ts";
import { readCurrentRoute } from "#lib/services/route-versions/read-current.ts";
import { toRouting } from "#lib/services/route-versions/to-routing.ts";

const MAX_TENANTS = 10_000;
/** How long a snapshot counts while changes made by other instances would not be heard. */
const UNTRUSTED_MS = 1_000;

/** What every tenant's snapshot takes over from the instance. */
export interface InstanceSettings extends PlatformConnections {
  catalog: Catalog;
  deadlineMs: number;
}

export interface SnapshotCache {
  get(tenantId: string): Promise<RoutingSnapshot>;
  forget(tenantId: string): void;
  clear(): void;
}

/** Each tenant's routing, compiled once a version and kept until it changes. */
export function createSnapshotCache(
  database: Database,
  instance: InstanceSettings,
  isListening: () => boolean,
): SnapshotCache {
  const snapshots = new LRUCache<string, Promise<RoutingSnapshot>>({ max: MAX_TENANTS });
  return {
    get(tenantId) {
      const known = snapshots.get(tenantId);
      if (known !== undefined) return known;
      const compiling = compileSnapshot(database, instance, tenantId);
      snapshots.set(tenantId, compiling, isListening() ? undefined : { ttl: UNTRUSTED_MS });
      compiling.catch(() => {
        if (snapshots.peek(tenantId) === compiling) snapshots.delete(tenantId);
      });
      return compiling;
    },
    forget: (tenantId) => {
      snapshots.delete(tenantId);
    },
    clear: () => snapshots.clear(),
  };
}

async function compileSnapshot(
  database: Database,
  { connections, demoConnection, catalog, deadlineMs }: InstanceSettings,
  tenantId: string,
): Promise<RoutingSnapshot> {
  const { route, tenant } = await withTenant(database, tenantId, async (tx) => ({
    route: await readCurrentRoute(tx, tenantId),
    tenant: await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
  }));
  const { functions, models, chains } = catalog;
  return Object.freeze({
    tenantId,
    tenantSlug: tenant.slug,
    routeVersion: route.number,
    ...toRouting(route.config),
    functions,
    models,
    chains,
    connections,
    demoConnection,
    deadlineMs,
  });
}
