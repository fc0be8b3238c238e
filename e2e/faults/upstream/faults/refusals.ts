import type { ErrorWords } from "../dialects/dialect.ts";
import { answerJson, answerText } from "../reply.ts";
import { type Exchange, type Fault, playHealthy } from "./fault.ts";

function refusal(what: string, status: number, words: ErrorWords, headers: Record<string, string> = {}): Fault {
  return { what, play: ({ reply, dialect }) => answerJson(reply, status, dialect.errorBody(words), headers) };
}

const SLOW_DOWN: ErrorWords = {
  type: "rate_limit_error",
  code: "rate_limit_exceeded",
  message: "Rate limit reached for requests.",
};
const BOOM: ErrorWords = { type: "server_error", code: null, message: "The server had an error." };
const OVERLOADED: ErrorWords = { type: "overloaded_error", code: null, message: "Overloaded" };
const NO_CREDIT: ErrorWords = {
  type: "insufficient_quota",
  code: "insufficient_quota",
  message: "You exceeded your current quota, please check your plan and billing details.",
};
const OVERFLOW: ErrorWords = {
  type: "invalid_request_error",
  code: "context_length_exceeded",
  message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
  param: "messages",
};
const FILTERED: ErrorWords = {
  type: "invalid_request_error",
  code: "content_filter",
  message: "The response was filtered due to the prompt triggering the content management policy.",
  param: "prompt",
};
const NO_PREFILL: ErrorWords = {
  type: "invalid_request_error",
  code: null,
  message: "This model does not support assistant message prefill. The conversation must end with a user message.",
};

const fail = (exchange: Exchange) => answerJson(exchange.reply, 500, exchange.dialect.errorBody(BOOM));

/** Answers with a status other than 200. */
export const REFUSALS = {
  "429": refusal("429 without a word on how long to wait", 429, SLOW_DOWN),
  "429-retry-after": refusal("429 that asks for one second", 429, SLOW_DOWN, { "retry-after": "1" }),
  "429-retry-after-ms": refusal("429 that asks for 600 ms, in milliseconds", 429, SLOW_DOWN, {
    "retry-after-ms": "600",
  }),
  "429-retry-after-long": refusal("429 that asks for four seconds", 429, SLOW_DOWN, { "retry-after": "4" }),
  "429-like-overflow": {
    what: "429 worded like a context overflow, as Bedrock's",
    play: ({ reply }) => {
      const message = "Too many tokens, please wait before trying again.";
      answerJson(reply, 429, { message }, { "x-amzn-errortype": "ThrottlingException" });
    },
  },
  "429-quota": refusal("429 for an account that is out of credit", 429, NO_CREDIT),
  "402": refusal("402 for an account that is out of credit", 402, NO_CREDIT),
  "500": refusal("500, always", 500, BOOM),
  "500-once": {
    what: "500 once, then healthy",
    play: (exchange) => (exchange.attempt === 1 ? fail(exchange) : playHealthy(exchange)),
  },
  "503": refusal("503", 503, BOOM),
  "529": refusal("529, Anthropic's word for overloaded", 529, OVERLOADED),
  "401": refusal("the key is refused", 401, {
    type: "authentication_error",
    code: "invalid_api_key",
    message: "Incorrect API key provided.",
  }),
  "404": refusal("the model is missing", 404, {
    type: "not_found_error",
    code: "model_not_found",
    message: "The model does not exist or you do not have access to it.",
  }),
  "context-overflow": refusal("more tokens than the model takes", 400, OVERFLOW),
  "filtered-request": refusal("the prompt is stopped by the provider's filter", 400, FILTERED),
  "prefill-refused": {
    what: "a conversation that ends with the assistant's words is refused; any other is answered",
    play: (exchange) =>
      exchange.isPrefilled
        ? answerJson(exchange.reply, 400, exchange.dialect.errorBody(NO_PREFILL))
        : playHealthy(exchange),
  },
  flapping: {
    what: "two failures, two answers, and so on",
    play: (exchange) =>
      exchange.attempt % 4 === 1 || exchange.attempt % 4 === 2 ? fail(exchange) : playHealthy(exchange),
  },
  "flapping-by-time": {
    what: "down for a while, up for a while",
    play: (exchange) =>
      Math.floor(performance.now() / exchange.pace.flapMs) % 2 === 0 ? fail(exchange) : playHealthy(exchange),
  },
  redirect: {
    what: "302 to an address where all is well",
    play: ({ reply, healthyUrl }) => answerText(reply, 302, "text/html", "", { location: healthyUrl }),
  },
} as const satisfies Record<string, Fault>;
