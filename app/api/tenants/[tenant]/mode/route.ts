import { modeOperations } from "#lib/api-description/management/mode.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { changeMode } from "#lib/services/mode/change.ts";
import { readMode } from "#lib/services/mode/read.ts";

export const GET = tenantRoute(modeOperations.read, readMode);
export const PUT = tenantRoute(modeOperations.change, changeMode);
