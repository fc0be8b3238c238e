import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { reorderConnections } from "#lib/services/connections/reorder.ts";

export const PUT = tenantRoute(connectionOperations.reorder, reorderConnections);
