import { tenantRoute } from "#lib/http/tenant-route.ts";
import { deleteConnection } from "#lib/services/connections/delete.ts";
import { readConnection } from "#lib/services/connections/read.ts";
import { updateConnection } from "#lib/services/connections/update.ts";

export const GET = tenantRoute(readConnection);
export const PUT = tenantRoute(updateConnection);
export const DELETE = tenantRoute(deleteConnection);
