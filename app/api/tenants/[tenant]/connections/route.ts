import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { listConnections } from "#lib/services/connections/list.ts";

export const GET = tenantRoute(connectionOperations.list, listConnections);
export const POST = tenantRoute(connectionOperations.create, createConnection);
