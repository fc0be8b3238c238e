import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { rollBackRoute } from "#lib/services/route-versions/roll-back.ts";

export const POST = tenantRoute(routeOperations.rollBack, rollBackRoute);
