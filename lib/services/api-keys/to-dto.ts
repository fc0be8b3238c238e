import type { ApiKeyModel } from "#lib/db/rows.ts";
import type { ApiKeyDto } from "./schemas.ts";

export function toApiKeyDto(row: ApiKeyModel): ApiKeyDto {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.lastFour,
    scopes: row.scopes,
    functions: row.functions,
    canCallModels: row.canCallModels,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
