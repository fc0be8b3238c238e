import { residencyOperations } from "#lib/api-description/management/residency.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { changeResidency } from "#lib/services/residency/change.ts";
import { readResidency } from "#lib/services/residency/read.ts";

export const GET = tenantRoute(residencyOperations.read, readResidency);
export const PUT = tenantRoute(residencyOperations.change, changeResidency);
