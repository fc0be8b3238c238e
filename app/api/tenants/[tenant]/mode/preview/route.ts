import { modeOperations } from "#lib/api-description/management/mode.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { previewMode } from "#lib/services/mode/preview.ts";

export const GET = tenantRoute(modeOperations.preview, previewMode);
