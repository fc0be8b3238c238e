import { tenantRoute } from "#lib/http/tenant-route.ts";
import { readRouteVersion } from "#lib/services/route-versions/read.ts";

export const GET = tenantRoute(readRouteVersion);
