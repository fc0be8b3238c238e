import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import type { ApiKeyList } from "./schemas.ts";
import { toApiKeyDto } from "./to-dto.ts";

/** The tenant's keys, newest first, revoked ones too. Never their text. */
export async function listApiKeys(context: ServiceContext): Promise<ApiKeyList> {
  authorize(context, "api-key:read");
  const { database, tenantId } = context;
  const rows = await withTenant(database, tenantId, (tx) =>
    tx.apiKey.findMany({ where: { tenantId }, orderBy: { createdAt: "desc" } }),
  );
  return { data: rows.map(toApiKeyDto) };
}
