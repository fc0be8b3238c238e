import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { checkNow } from "#lib/services/connections/health/check-now.ts";
import { readHealthHistory } from "#lib/services/connections/health/read-history.ts";

export const GET = tenantRoute(connectionOperations.readHealth, readHealthHistory);
export const POST = tenantRoute(connectionOperations.checkNow, checkNow);
