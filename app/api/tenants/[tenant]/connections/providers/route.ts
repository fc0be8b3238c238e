import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listProviders } from "#lib/services/connections/list-providers.ts";

export const GET = tenantRoute(listProviders);
