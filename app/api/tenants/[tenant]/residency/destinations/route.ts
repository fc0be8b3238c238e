import { residencyOperations } from "#lib/api-description/management/residency.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listDestinations } from "#lib/services/residency/list-destinations.ts";

export const GET = tenantRoute(residencyOperations.listDestinations, listDestinations);
