import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listRouteVersions } from "#lib/services/route-versions/list.ts";

export const GET = tenantRoute(listRouteVersions);
