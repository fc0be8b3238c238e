import { ERROR_STATUS, FAILURE_CODE } from "#lib/gateway/errors.ts";
import { SERVICE_ERROR_STATUS } from "#lib/services/errors.ts";
import { ANSWER_HEADERS } from "../calls/headers.ts";
import type { DescribedHeader, JsonSchema, SecurityScheme } from "./document.ts";
import { ERROR_EXAMPLES } from "./error-examples.ts";

const text: JsonSchema = { type: "string" };
const code = (codes: object): JsonSchema => ({
  type: "string",
  description: "What went wrong, for programs. Each operation says when it comes.",
  enum: Object.keys(codes),
});

const attempts: JsonSchema = {
  type: "array",
  description: "What was tried, where more than the request was at fault.",
  items: {
    type: "object",
    properties: {
      provider: { type: "string", description: "The id of the provider that was asked." },
      model: { type: "string", description: "The provider's own name for the model." },
      kind: { type: "string", description: "What it failed of.", enum: Object.keys(FAILURE_CODE) },
      status: { type: ["integer", "null"], description: "The provider's HTTP status; null: it answered with none." },
      message: { type: "string", description: "The same for people, in the provider's own words where it had any." },
      ms: { type: "number", description: "Milliseconds that it took." },
    },
    required: ["provider", "model", "kind", "status", "message", "ms"],
  },
};

const requestId: JsonSchema = {
  type: "string",
  description: "The `x-request-id` that came with the request, or ours: what to quote when asking for help.",
};

const callError: Record<string, JsonSchema> = {
  type: { type: "string", description: "The kind of error, in the words that this API's own clients know." },
  message: { type: "string", description: "A sentence that helps." },
  code: code(ERROR_STATUS),
  param: { type: ["string", "null"], description: "The field or header at fault; null: none is." },
  attempts,
};

/** The bodies of errors. Theirs are written here because no zod schema makes them: they are tested against real ones. */
export const ERROR_SCHEMAS: Readonly<Record<"Error" | "OpenAiError" | "AnthropicError", JsonSchema>> = {
  Error: {
    type: "object",
    description: "What the management API answers when it refuses something.",
    examples: [ERROR_EXAMPLES.management],
    properties: {
      error: {
        type: "object",
        description: "What went wrong.",
        properties: {
          code: code(SERVICE_ERROR_STATUS),
          message: { type: "string", description: "A sentence that helps." },
          requestId,
          fields: {
            type: "object",
            description: "By the field's name: what is wrong with it.",
            additionalProperties: text,
          },
        },
        required: ["code", "message", "requestId"],
      },
    },
    required: ["error"],
  },
  OpenAiError: {
    type: "object",
    description: "What a call in one of OpenAI's APIs gets when it fails, and what ends a stream that breaks.",
    examples: [ERROR_EXAMPLES.openai],
    properties: {
      error: {
        type: "object",
        description: "What went wrong.",
        properties: callError,
        required: ["message", "type", "param", "code"],
      },
    },
    required: ["error"],
  },
  AnthropicError: {
    type: "object",
    description: "What a call in Anthropic's API gets when it fails, and what ends a stream that breaks.",
    examples: [ERROR_EXAMPLES.anthropic],
    properties: {
      type: { const: "error", description: "What tells it from an answer." },
      error: {
        type: "object",
        description: "What went wrong.",
        properties: callError,
        required: ["message", "type", "param", "code"],
      },
      request_id: requestId,
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
