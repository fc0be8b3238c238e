import { tenantRoute } from "#lib/http/tenant-route.ts";
import { publishDraft } from "#lib/services/route-versions/publish-draft.ts";

export const POST = tenantRoute(publishDraft, { status: 201 });
