import { tenantRoute } from "#lib/http/tenant-route.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { listConnections } from "#lib/services/connections/list.ts";

export const GET = tenantRoute(listConnections);
export const POST = tenantRoute(createConnection, { status: 201 });
