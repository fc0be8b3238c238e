import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listConnections } from "#lib/services/connections/list.ts";

export const GET = tenantRoute(listConnections);
