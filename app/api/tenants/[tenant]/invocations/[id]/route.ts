import { invocationOperations } from "#lib/api-description/management/invocations.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { readInvocation } from "#lib/services/invocations/read.ts";

export const GET = tenantRoute(invocationOperations.read, readInvocation);
