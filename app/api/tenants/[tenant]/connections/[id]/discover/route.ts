import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { discoverModels } from "#lib/services/connections/discover.ts";

export const POST = tenantRoute(connectionOperations.discover, discoverModels);
