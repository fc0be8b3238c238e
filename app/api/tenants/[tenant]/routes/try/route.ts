import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { tryRoute } from "#lib/services/route-versions/try.ts";

export const POST = tenantRoute(routeOperations.try, tryRoute);
