import { tenantRoute } from "#lib/http/tenant-route.ts";
import { discardDraft } from "#lib/services/route-versions/discard-draft.ts";
import { readDraft } from "#lib/services/route-versions/read-draft.ts";
import { saveDraft } from "#lib/services/route-versions/save-draft.ts";

export const GET = tenantRoute(readDraft);
export const PUT = tenantRoute(saveDraft);
export const DELETE = tenantRoute(discardDraft);
