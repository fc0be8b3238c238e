import { ERROR_STATUS } from "#lib/gateway/errors.ts";
import { SERVICE_ERROR_STATUS } from "#lib/services/errors.ts";
import { ANSWER_HEADERS } from "../calls/headers.ts";
import type { DescribedHeader, JsonSchema, SecurityScheme } from "./document.ts";

const text: JsonSchema = { type: "string" };
const code = (codes: object): JsonSchema => ({ type: "string", enum: Object.keys(codes) });

const attempts: JsonSchema = {
  type: "array",
  description: "What was tried, where more than the request was at fault.",
  items: {
    type: "object",
    properties: {
      provider: text,
      model: text,
      kind: text,
      status: { type: ["integer", "null"] },
      message: text,
      ms: { type: "number" },
    },
    required: ["provider", "model", "kind", "status", "message", "ms"],
  },
};

const callError: Record<string, JsonSchema> = {
  type: { type: "string", description: "As the API's own clients know it." },
  message: { type: "string", description: "A sentence that helps." },
  code: code(ERROR_STATUS),
  param: { type: ["string", "null"], description: "The field at fault." },
  attempts,
};

/** The bodies of errors. Theirs are written here because no zod schema makes them: they are tested against real ones. */
export const ERROR_SCHEMAS: Readonly<Record<"Error" | "OpenAiError" | "AnthropicError", JsonSchema>> = {
  Error: {
    type: "object",
    properties: {
      error: {
        type: "object",
        properties: {
          code: code(SERVICE_ERROR_STATUS),
          message: { type: "string", description: "A sentence that helps." },
          requestId: text,
          fields: { type: "object", description: "What is wrong with which field.", additionalProperties: text },
        },
        required: ["code", "message", "requestId"],
      },
    },
    required: ["error"],
  },
  OpenAiError: {
    type: "object",
    properties: {
      error: { type: "object", properties: callError, required: ["message", "type", "param", "code"] },
    },
    required: ["error"],
  },
  AnthropicError: {
    type: "object",
    properties: {
      type: { const: "error" },
      error: { type: "object", properties: callError, required: ["message", "type", "param", "code"] },
      request_id: text,
    },
    required: ["type", "error", "request_id"],
  },
};

export const HEADERS: Readonly<Record<string, DescribedHeader>> = Object.fromEntries(
  Object.entries(ANSWER_HEADERS).map(([name, header]) => [name, { ...header, schema: text }]),
);

export const SECURITY_SCHEMES: Readonly<Record<"bearer" | "header" | "session", SecurityScheme>> = {
  bearer: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer sy_…`." },
  header: {
    type: "apiKey",
    in: "header",
    name: "x-api-key",
    description: "The same key, as Anthropic's clients send it.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description:
      "A signed-in person's session; `__Secure-next-auth.session-token` over HTTPS. What changes something has to come from the console's own pages.",
  },
};
