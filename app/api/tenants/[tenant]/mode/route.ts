import { tenantRoute } from "#lib/http/tenant-route.ts";
import { changeTier } from "#lib/services/mode/change-tier.ts";
import { readMode } from "#lib/services/mode/read.ts";

export const GET = tenantRoute(readMode);
export const PUT = tenantRoute(changeTier);
