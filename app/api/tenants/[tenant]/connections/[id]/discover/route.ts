import { tenantRoute } from "#lib/http/tenant-route.ts";
import { discoverModels } from "#lib/services/connections/discover.ts";

export const POST = tenantRoute(discoverModels);
