import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { HEADERS_OF, RequestHeader } from "./headers.ts";

type Field = { type: string | string[]; description?: string; items?: object };

/** One call of the data plane, as far as it is ours. The rest is its wire's, and passes through. */
export interface Call {
  id: string;
  method: "GET" | "POST";
  /** With at most one part that is the caller's: `{model}`. */
  path: string;
  /** That part: what it is, and one that everybody has. */
  place?: { name: string; description: string; example: string };
  summary: string;
  description: string;
  /** Whose API it is, where the whole of it is written down. */
  reference: string;
  headers: readonly RequestHeader[];
  answers: keyof typeof HEADERS_OF;
  errors: "openai" | "anthropic";
  /** The fields that must be there or that we read first; any other passes through. Null: there is no body. */
  fields: Readonly<Record<string, Field>> | null;
  required: readonly string[];
  canStream: boolean;
  example: Readonly<Record<string, unknown>> | null;
}

const OURS = ["x-switchyard-function", "x-switchyard-metadata", "x-switchyard-delivery", "x-request-id"] as const;
const ANTHROPIC = ["anthropic-version", "anthropic-beta"] as const;

const MODEL: Field = {
  type: ["string", "null"],
  description: "A function's slug, or `provider/model` where the key allows it. Needless with `x-switchyard-function`.",
};
const STREAM: Field = { type: ["boolean", "null"], description: "Server-sent events in place of one JSON answer." };
const CONVERSATION: Field = {
  type: "array",
  description: "The conversation so far, each message with its `role` and `content`.",
  items: { type: "object" },
};
const QUESTION = "Hi, our invoice of March is wrong. Can you check?";
const MESSAGES = [{ role: "user", content: QUESTION }];
const FUNCTION = "email-classification";

const WIRE_CALLS: Readonly<Record<WireId, Call>> = {
  "openai-chat": {
    id: "createChatCompletion",
    method: "POST",
    path: "/v1/chat/completions",
    summary: "Complete a chat",
    description: "OpenAI Chat Completions.",
    reference: "https://platform.openai.com/docs/api-reference/chat/create",
    headers: OURS,
    answers: "answer",
    errors: "openai",
    fields: { model: MODEL, messages: CONVERSATION, stream: STREAM },
    required: ["messages"],
    canStream: true,
    example: { model: FUNCTION, messages: MESSAGES },
  },
  "openai-responses": {
    id: "createResponse",
    method: "POST",
    path: "/v1/responses",
    summary: "Create a response",
    description: "OpenAI Responses. Nothing is kept to look up later: send the whole conversation.",
    reference: "https://platform.openai.com/docs/api-reference/responses/create",
    headers: OURS,
    answers: "answer",
    errors: "openai",
    fields: {
      model: MODEL,
      input: {
        type: ["string", "array", "null"],
        description: "A text, or the conversation so far as a list of items.",
      },
      stream: STREAM,
    },
    required: [],
    canStream: true,
    example: { model: FUNCTION, input: QUESTION },
  },
  "openai-embeddings": {
    id: "createEmbedding",
    method: "POST",
    path: "/v1/embeddings",
    summary: "Embed texts",
    description: "OpenAI Embeddings. They never fall back to a model whose vectors are others.",
    reference: "https://platform.openai.com/docs/api-reference/embeddings/create",
    headers: OURS,
    answers: "answer",
    errors: "openai",
    fields: { model: MODEL, input: { type: ["string", "array"], description: "A text, a list of texts, or tokens." } },
    required: ["input"],
    canStream: false,
    example: { model: "semantic-search", input: ["How do I change my invoice address?"] },
  },
  "anthropic-messages": {
    id: "createMessage",
    method: "POST",
    path: "/v1/messages",
    summary: "Create a message",
    description: "Anthropic Messages.",
    reference: "https://docs.anthropic.com/en/api/messages",
    headers: [...OURS, ...ANTHROPIC],
    answers: "answer",
    errors: "anthropic",
    fields: {
      model: MODEL,
      max_tokens: { type: ["integer", "null"], description: "Left out: as the function is set." },
      messages: CONVERSATION,
      stream: STREAM,
    },
    required: ["messages"],
    canStream: true,
    example: { model: FUNCTION, max_tokens: 200, messages: MESSAGES },
  },
  "anthropic-count-tokens": {
    id: "countTokens",
    method: "POST",
    path: "/v1/messages/count_tokens",
    summary: "Count a message's tokens",
    description: "Anthropic's token count; an estimate where the provider counts none. Costs nothing.",
    reference: "https://docs.anthropic.com/en/api/messages-count-tokens",
    headers: ["x-switchyard-function", "x-request-id", ...ANTHROPIC],
    answers: "count",
    errors: "anthropic",
    fields: { model: MODEL, messages: CONVERSATION },
    required: ["messages"],
    canStream: false,
    example: { model: FUNCTION, messages: MESSAGES },
  },
};

/** Every call of the data plane. */
export const CALLS: readonly Call[] = [
  ...Object.values(WIRE_CALLS),
  {
    id: "listModels",
    method: "GET",
    path: "/v1/models",
    summary: "List what a key may call",
    description: "Its functions, and models by name where it is allowed to.",
    reference: "https://platform.openai.com/docs/api-reference/models/list",
    headers: ["x-request-id"],
    answers: "list",
    errors: "openai",
    fields: null,
    required: [],
    canStream: false,
    example: null,
  },
  {
    id: "retrieveModel",
    method: "GET",
    path: "/v1/models/{model}",
    place: {
      name: "model",
      description: "A function's slug or `provider/model`, its slashes as they are or as `%2F`.",
      example: FUNCTION,
    },
    summary: "Look up what a key may call",
    description: "One entry of the list, if the key may call it.",
    reference: "https://platform.openai.com/docs/api-reference/models/retrieve",
    headers: ["x-request-id"],
    answers: "list",
    errors: "openai",
    fields: null,
    required: [],
    canStream: false,
    example: null,
  },
];
