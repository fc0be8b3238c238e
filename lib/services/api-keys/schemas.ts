import { z } from "zod";
import { API_KEY_SCOPES } from "../permissions.ts";

export const createApiKeyInput = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Give the key a name.")
    .max(80, "At most 80 characters.")
    .describe("What people call the key. It need not be the only one of that name."),
  scopes: z
    .array(z.enum(API_KEY_SCOPES))
    .min(1, "Choose at least one scope.")
    .describe("What it may do: call functions, read the management API, change through it. Each stands for itself."),
  functions: z
    .array(z.string().max(80))
    .max(100)
    .default([])
    .describe("Slugs it may call; empty means every function."),
  canCallModels: z.boolean().default(false).describe("Whether it may name a `provider/model` in place of a function."),
  expiresAt: z.iso
    .datetime()
    .nullable()
    .default(null)
    .describe("From when on it is refused, in ISO 8601, UTC: a time to come. Null: never."),
});
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>;

export const apiKeySchema = z
  .object({
    id: z.uuid().describe("Its id (UUIDv7): what revokes it, and what invocations name it by. It is no secret."),
    name: z.string().describe("What people call it."),
    prefix: z.string().describe("The first eleven characters of its text, `sy_` included, to recognise it by."),
    lastFour: z.string().describe("The last four characters of its text."),
    scopes: z
      .array(z.string())
      .describe("What it may do: `gateway:invoke`, `management:read`, `management:write`. Each stands for itself."),
    functions: z.array(z.string()).describe("Slugs of the functions that it may call; empty: every function."),
    canCallModels: z.boolean().describe("Whether it may name a `provider/model` in place of a function."),
    createdBy: z.string().describe("Name of the person or API key that made it."),
    createdAt: z.iso.datetime().describe("When it was made, in ISO 8601, UTC."),
    expiresAt: z.iso.datetime().nullable().describe("From when on it is refused, in ISO 8601, UTC; null: never."),
    revokedAt: z.iso.datetime().nullable().describe("When it was revoked, in ISO 8601, UTC; null: it was not."),
    lastUsedAt: z.iso
      .datetime()
      .nullable()
      .describe("When the last call on record with it came, in ISO 8601, UTC; null: none has."),
  })
  .meta({ id: "ApiKey", description: "What can be known of a key once it has been made: all but its text." });
export type ApiKeyDto = z.infer<typeof apiKeySchema>;

export const createdApiKeySchema = apiKeySchema
  .extend({
    secret: z.string().describe("The whole key: `sy_` and 43 characters. It is stored nowhere, so keep it now."),
  })
  .meta({ id: "CreatedApiKey", description: "The only answer that ever holds the whole key." });
export type CreatedApiKeyDto = z.infer<typeof createdApiKeySchema>;

export const apiKeyListSchema = z
  .object({ data: z.array(apiKeySchema).describe("All of the tenant's keys, newest first, revoked ones too.") })
  .meta({ id: "ApiKeyList", description: "The keys of a tenant." });
export type ApiKeyList = z.infer<typeof apiKeyListSchema>;
