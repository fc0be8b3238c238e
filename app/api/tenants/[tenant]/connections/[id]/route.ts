import { connectionOperations } from "#lib/api-description/management/connections.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { deleteConnection } from "#lib/services/connections/delete.ts";
import { readConnection } from "#lib/services/connections/read.ts";
import { updateConnection } from "#lib/services/connections/update.ts";

export const GET = tenantRoute(connectionOperations.read, readConnection);
export const PUT = tenantRoute(connectionOperations.update, updateConnection);
export const DELETE = tenantRoute(connectionOperations.delete, deleteConnection);
