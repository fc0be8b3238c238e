/** What a provider complains of. */
export type ErrorTopic =
  | "limit"
  | "quota"
  | "server"
  | "overloaded"
  | "key"
  | "model"
  | "overflow"
  | "filtered"
  | "prefill";

interface ErrorWords {
  type: string;
  code: string | null;
  message: string;
  param: string | null;
}

function words(type: string, message: string, code: string | null = null, param: string | null = null): ErrorWords {
  return { type, code, message, param };
}

/** As OpenAI says it. */
export const OPENAI_WORDS: Readonly<Record<ErrorTopic, ErrorWords>> = {
  limit: words("requests", "Rate limit reached for requests.", "rate_limit_exceeded"),
  quota: words("insufficient_quota", "You exceeded your current quota, please check your plan.", "insufficient_quota"),
  server: words("server_error", "The server had an error while processing your request."),
  overloaded: words("server_error", "The engine is currently overloaded, please try again later."),
  key: words("invalid_request_error", "Incorrect API key provided.", "invalid_api_key"),
  model: words("invalid_request_error", "The model does not exist or you do not have access to it.", "model_not_found"),
  overflow: words(
    "invalid_request_error",
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
    "context_length_exceeded",
    "messages",
  ),
  filtered: words(
    "invalid_request_error",
    "The response was filtered due to the prompt triggering the content management policy.",
    "content_filter",
    "prompt",
  ),
  prefill: words("invalid_request_error", "The last message must have the role user or tool."),
};

/** As Anthropic says it: a type and a sentence. */
export const ANTHROPIC_WORDS: Readonly<Record<ErrorTopic, ErrorWords>> = {
  limit: words("rate_limit_error", "This request would exceed your account's rate limit."),
  quota: words("invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
  server: words("api_error", "Internal server error"),
  overloaded: words("overloaded_error", "Overloaded"),
  key: words("authentication_error", "invalid x-api-key"),
  model: words("not_found_error", "model: nowhere"),
  overflow: words("invalid_request_error", "prompt is too long: 9001 tokens > 8192 maximum"),
  filtered: words("invalid_request_error", "Output blocked by content filtering policy"),
  prefill: words(
    "invalid_request_error",
    "This model does not support assistant message prefill. The conversation must end with a user message.",
  ),
};

/** As Google says it: a status of its own and a sentence. */
export const GOOGLE_WORDS: Readonly<Record<ErrorTopic, ErrorWords>> = {
  limit: words("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
  quota: words("RESOURCE_EXHAUSTED", "Your billing account has exceeded its monthly spending cap."),
  server: words("INTERNAL", "An internal error has occurred. Please retry."),
  overloaded: words("UNAVAILABLE", "The model is overloaded. Please try again later."),
  key: words("UNAUTHENTICATED", "API key not valid. Please pass a valid API key."),
  model: words("NOT_FOUND", "models/nowhere is not found for API version v1beta."),
  overflow: words(
    "INVALID_ARGUMENT",
    "The input token count (9001) exceeds the maximum number of tokens allowed (8192).",
  ),
  // Not how it says that: see `blocked`.
  filtered: words("INVALID_ARGUMENT", "Request contains an invalid argument."),
  prefill: words("INVALID_ARGUMENT", "Please ensure that multiturn requests end with a user role."),
};
