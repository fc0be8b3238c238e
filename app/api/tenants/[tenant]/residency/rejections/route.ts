import { residencyOperations } from "#lib/api-description/management/residency.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listRejections } from "#lib/services/residency/list-rejections.ts";

export const GET = tenantRoute(residencyOperations.listRejections, listRejections);
