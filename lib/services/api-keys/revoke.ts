import { z } from "zod";
import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import type { ApiKeyDto } from "./schemas.ts";
import { toApiKeyDto } from "./to-dto.ts";

/** Ends a key: no call made after this answer gets through with it. Revoking twice changes nothing. Throws `not_found`. */
export async function revokeApiKey(context: ServiceContext, input: { id: string }): Promise<ApiKeyDto> {
  authorize(context, "api-key:write");
  const { database, tenantId } = context;
  const id = z.uuid().safeParse(input.id);
  if (!id.success) throw notFound();
  const row = await withTenant(database, tenantId, async (tx) => {
    const found = await tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id: id.data } } });
    if (found === null) throw notFound();
    const { count } = await tx.apiKey.updateMany({
      where: { tenantId, id: id.data, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const revoked = await tx.apiKey.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: id.data } } });
    if (count === 0) return revoked;
    await recordAudit(tx, context, {
      action: "api-key.revoke",
      targetKind: "api-key",
      targetId: id.data,
      before: { name: found.name, prefix: found.prefix },
    });
    return revoked;
  });
  context.configChanged(tenantId);
  return toApiKeyDto(row);
}

function notFound(): ServiceError {
  return new ServiceError("not_found", "There is no such API key in this tenant.");
}
