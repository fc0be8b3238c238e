import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listProviders } from "#lib/services/connections/list-providers.ts";

export const GET = tenantRoute(connectionOperations.listProviders, listProviders);
