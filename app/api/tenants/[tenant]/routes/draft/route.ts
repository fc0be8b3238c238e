import { routeOperations } from "#lib/api-description/management/routes.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { discardDraft } from "#lib/services/route-versions/discard-draft.ts";
import { readDraft } from "#lib/services/route-versions/read-draft.ts";
import { saveDraft } from "#lib/services/route-versions/save-draft.ts";

export const GET = tenantRoute(routeOperations.readDraft, readDraft);
export const PUT = tenantRoute(routeOperations.saveDraft, saveDraft);
export const DELETE = tenantRoute(routeOperations.discardDraft, discardDraft);
