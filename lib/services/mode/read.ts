import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { describeFunctions } from "./describe-functions.ts";
import type { ModeDto } from "./schemas.ts";

/** How the tenant's models are run, and which model each function gets in each tier. */
export async function readMode(context: ServiceContext): Promise<ModeDto> {
  authorize(context, "mode:read");
  const { database, tenantId, platform } = context;
  const route = await withTenant(database, tenantId, (tx) => readCurrentRoute(tx, tenantId));
  return {
    mode: route.config.mode,
    tier: route.config.tier,
    functionTiers: route.config.functionTiers ?? {},
    hasPlatformFallback: route.config.hasPlatformFallback ?? false,
    routeVersion: route.number,
    publishedAt: route.publishedAt.toISOString(),
    publishedBy: route.publishedBy,
    note: route.note,
    isSimulated: platform.demoConnection !== null,
    canRetryFiltered: route.config.canRetryFiltered ?? false,
    functions: describeFunctions(context.catalog, platform, new Date()),
  };
}
