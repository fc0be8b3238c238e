import { tenantRoute } from "#lib/http/tenant-route.ts";
import { changeResidency } from "#lib/services/residency/change.ts";
import { readResidency } from "#lib/services/residency/read.ts";

export const GET = tenantRoute(readResidency);
export const PUT = tenantRoute(changeResidency);
