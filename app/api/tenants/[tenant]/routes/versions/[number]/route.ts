import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { readRouteVersion } from "#lib/services/route-versions/read.ts";

export const GET = tenantRoute(routeOperations.readVersion, readRouteVersion);
