import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listDestinations } from "#lib/services/residency/list-destinations.ts";

export const GET = tenantRoute(listDestinations);
