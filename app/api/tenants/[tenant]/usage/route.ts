import { usageOperations } from "#lib/api-description/management/usage.ts";
import { tenantRoute } from "#lib/http/tenant-route.ts";
import { summarizeUsage } from "#lib/services/usage/summarize.ts";

export const GET = tenantRoute(usageOperations.summarize, summarizeUsage);
