import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { compareDraft } from "#lib/services/route-versions/compare-draft.ts";

export const GET = tenantRoute(routeOperations.compareDraft, compareDraft);
