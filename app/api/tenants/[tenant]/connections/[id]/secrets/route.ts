import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { replaceSecrets } from "#lib/services/connections/replace-secrets.ts";

export const PUT = tenantRoute(connectionOperations.replaceSecrets, replaceSecrets);
