import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { testConnection } from "#lib/services/connections/test.ts";

export const POST = tenantRoute(connectionOperations.test, testConnection);
