import { tenantRoute } from "#lib/http/tenant-route.ts";
import { issueStatement } from "#lib/services/residency/issue-statement.ts";

export const POST = tenantRoute(issueStatement);
