import { apiKeyOperations } from "#lib/api-description/management/api-keys.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { revokeApiKey } from "#lib/services/api-keys/revoke.ts";

export const DELETE = tenantRoute(apiKeyOperations.revoke, revokeApiKey);
