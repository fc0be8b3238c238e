import { z } from "zod";
import { API_KEY_SCOPES } from "../permissions.ts";

export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1, "Give the key a name.").max(80, "At most 80 characters."),
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1, "Choose at least one scope."),
  functions: z
    .array(z.string().max(80))
    .max(100)
    .default([])
    .describe("Slugs it may call; empty means every function."),
  canCallModels: z.boolean().default(false).describe("Whether it may name a `provider/model` in place of a function."),
  expiresAt: z.iso.datetime().nullable().default(null).describe("Null: never."),
});
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>;

export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    lastFour: z.string(),
    scopes: z.array(z.string()),
    functions: z.array(z.string()),
    canCallModels: z.boolean(),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyDto = z.infer<typeof apiKeySchema>;

export const createdApiKeySchema = apiKeySchema
  .extend({ secret: z.string() })
  .meta({ id: "CreatedApiKey", description: "The only answer that ever holds the whole key." });
export type CreatedApiKeyDto = z.infer<typeof createdApiKeySchema>;

export const apiKeyListSchema = z.object({ data: z.array(apiKeySchema) }).meta({ id: "ApiKeyList" });
export type ApiKeyList = z.infer<typeof apiKeyListSchema>;
