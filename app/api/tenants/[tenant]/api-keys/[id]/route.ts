import { tenantRoute } from "#lib/http/tenant-route.ts";
import { revokeApiKey } from "#lib/services/api-keys/revoke.ts";

export const DELETE = tenantRoute(revokeApiKey);
