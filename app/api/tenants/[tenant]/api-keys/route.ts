import { tenantRoute } from "#lib/http/tenant-route.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { listApiKeys } from "#lib/services/api-keys/list.ts";

export const GET = tenantRoute(listApiKeys);
export const POST = tenantRoute(createApiKey, { status: 201 });
