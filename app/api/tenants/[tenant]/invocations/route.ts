import { invocationOperations } from "#lib/api-description/management/invocations.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { listInvocations } from "#lib/services/invocations/list.ts";

export const GET = tenantRoute(invocationOperations.list, listInvocations);
