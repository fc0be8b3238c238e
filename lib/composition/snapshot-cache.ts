import { LRUCache } from "lru-cache";
import type { Catalog } from "#lib/catalog/index.ts";
import { type Database, withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import { listOwn } from "#lib/services/connections/find-own.ts";
import type { PlatformConnections } from "#lib/services/context.ts";
import { readCurrentRoute } from "#lib/services/route-versions/read-current.ts";
import { toRouting } from "#lib/services/route-versions/to-routing.ts";
import type { TenantConnections } from "./tenant-connections.ts";

const MAX_TENANTS = 10_000;
/** How long a snapshot counts while changes made by other instances would not be heard. */
const UNTRUSTED_MS = 1_000;
/** How soon a key is tried again that the key service did not open. */
const PASSING_MS = 5_000;

/** What every tenant's snapshot takes over from the instance. */
export interface InstanceSettings extends PlatformConnections {
  tenants: TenantConnections;
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
      const snapshot = compiling.then((compiled) => compiled.snapshot);
      snapshots.set(tenantId, snapshot, isListening() ? undefined : { ttl: UNTRUSTED_MS });
      // What was forgotten while it was compiled stays forgotten.
      const isKept = () => snapshots.peek(tenantId) === snapshot;
      compiling.then(
        ({ isPassing }) => isPassing && isKept() && snapshots.set(tenantId, snapshot, { ttl: PASSING_MS }),
        () => isKept() && snapshots.delete(tenantId),
      );
      return snapshot;
    },
    forget: (tenantId) => {
      snapshots.delete(tenantId);
    },
    clear: () => snapshots.clear(),
  };
}

async function compileSnapshot(
  database: Database,
  { connections, demoConnection, tenants, catalog, deadlineMs }: InstanceSettings,
  tenantId: string,
): Promise<{ snapshot: RoutingSnapshot; isPassing: boolean }> {
  const { route, tenant, own } = await withTenant(database, tenantId, async (tx) => ({
    route: await readCurrentRoute(tx, tenantId),
    tenant: await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
    own: await listOwn(tx, tenantId),
  }));
  const { functions, models, chains } = catalog;
  const compiled = await tenants.compile(tenantId, route.config, own, { connections, demoConnection });
  const snapshot = Object.freeze({
    tenantId,
    tenantSlug: tenant.slug,
    routeVersion: route.number,
    ...toRouting(route.config),
    functions,
    models,
    chains,
    connections: compiled.connections,
    demoConnection: compiled.demoConnection,
    deadlineMs,
  });
  return { snapshot, isPassing: compiled.isPassing };
}
