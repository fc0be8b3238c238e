import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { publishDraft } from "#lib/services/route-versions/publish-draft.ts";

export const POST = tenantRoute(routeOperations.publish, publishDraft);
