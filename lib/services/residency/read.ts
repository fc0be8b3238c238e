import { withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import { isOfMode } from "#lib/gateway/routing/candidates.ts";
import { residencyReason } from "#lib/gateway/routing/residency.ts";
import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { providerName } from "../provider-name.ts";
import { modelName } from "../route-versions/names.ts";
import { planFunction } from "../route-versions/plan-function.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { toRouting } from "../route-versions/to-routing.ts";
import type { ResidencyDto } from "./schemas.ts";

/** Where the tenant's calls may go, which accounts that leaves, and what it keeps functions from. */
export async function readResidency(context: ServiceContext): Promise<ResidencyDto> {
  authorize(context, "residency:read");
  const { database, tenantId } = context;
  const route = await withTenant(database, tenantId, (tx) => readCurrentRoute(tx, tenantId));
  const snapshot = { ...(await context.routing()), ...toRouting(route.config) };
  return {
    residency: route.config.residency ?? null,
    routeVersion: route.number,
    publishedBy: route.publishedBy,
    publishedAt: route.publishedAt.toISOString(),
    places: placesOf(snapshot),
    rejected: rejectedBy(context, snapshot),
    knownRegions: knownRegions(snapshot),
  };
}

function placesOf(snapshot: RoutingSnapshot): ResidencyDto["places"] {
  return snapshot.connections
    .filter((connection) => isOfMode(snapshot, connection))
    .map((connection) => ({
      connectionId: connection.id,
      connectionName: connection.name,
      provider: connection.provider,
      providerName: providerName(connection.provider),
      owner: connection.owner,
      hosting: connection.hosting,
      host: connection.host,
      regions: [...connection.regions],
      outside: residencyReason(snapshot.residency, connection),
    }));
}

function rejectedBy({ catalog }: ServiceContext, snapshot: RoutingSnapshot): ResidencyDto["rejected"] {
  if (snapshot.residency === null) return [];
  return [...catalog.functions.values()].flatMap((fn) =>
    planFunction(snapshot, fn)
      .excluded.filter(({ cause }) => cause === "residency")
      .map(({ provider, model, reason }) => ({
        functionSlug: fn.slug,
        functionName: fn.name,
        provider,
        providerName: providerName(provider),
        model,
        modelName: modelName({ catalog }, provider, model),
        reason,
      })),
  );
}

function knownRegions({ connections }: RoutingSnapshot): string[] {
  const all = [...PROVIDERS, ...connections].flatMap(({ regions }) => regions);
  return [...new Set(all)].sort();
}
