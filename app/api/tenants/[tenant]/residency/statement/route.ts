import { residencyOperations } from "#lib/api-description/management/residency.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { issueStatement } from "#lib/services/residency/issue-statement.ts";

export const POST = tenantRoute(residencyOperations.issueStatement, issueStatement);
