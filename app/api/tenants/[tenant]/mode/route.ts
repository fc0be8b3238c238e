import { tenantRoute } from "#lib/http/tenant-route.ts";
import { changeMode } from "#lib/services/mode/change.ts";
import { readMode } from "#lib/services/mode/read.ts";

export const GET = tenantRoute(readMode);
export const PUT = tenantRoute(changeMode);
