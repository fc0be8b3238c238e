import { tenantRoute } from "#lib/http/tenant-route.ts";
import { replaceSecrets } from "#lib/services/connections/replace-secrets.ts";

export const PUT = tenantRoute(replaceSecrets);
