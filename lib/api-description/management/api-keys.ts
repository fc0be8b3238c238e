import {
  apiKeyListSchema,
  apiKeySchema,
  createApiKeyInput,
  createdApiKeySchema,
} from "#lib/services/api-keys/schemas.ts";
import { BY_ID, NO_INPUT, operation } from "../operation.ts";

export const apiKeyOperations = {
  list: operation({
    id: "listApiKeys",
    method: "GET",
    path: "/api-keys",
    summary: "List API keys",
    description: "Newest first, revoked ones too. Never their text.",
    permission: "api-key:read",
    input: NO_INPUT,
    answer: apiKeyListSchema,
    example: {},
  }),
  create: operation({
    id: "createApiKey",
    method: "POST",
    path: "/api-keys",
    summary: "Make an API key",
    description:
      "The whole key is in this answer and nowhere else, ever. A key can pass on no more than it has itself.",
    permission: "api-key:write",
    input: createApiKeyInput,
    answer: createdApiKeySchema,
    status: 201,
    example: { name: "Inbox service", scopes: ["gateway:invoke"], functions: ["email-classification"] },
  }),
  revoke: operation({
    id: "revokeApiKey",
    method: "DELETE",
    path: "/api-keys/{id}",
    summary: "Revoke an API key",
    description: "No call made after the answer gets through with it. Revoking twice changes nothing.",
    permission: "api-key:write",
    input: BY_ID,
    answer: apiKeySchema,
    refuses: { not_found: "Or the tenant has no such key." },
    example: { id: "$API_KEY_ID" },
  }),
};
