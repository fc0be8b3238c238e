import { apiKeyOperations } from "#lib/api-description/management/api-keys.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { listApiKeys } from "#lib/services/api-keys/list.ts";

export const GET = tenantRoute(apiKeyOperations.list, listApiKeys);
export const POST = tenantRoute(apiKeyOperations.create, createApiKey);
