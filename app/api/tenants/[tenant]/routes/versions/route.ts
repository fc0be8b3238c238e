import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listRouteVersions } from "#lib/services/route-versions/list.ts";

export const GET = tenantRoute(routeOperations.listVersions, listRouteVersions);
