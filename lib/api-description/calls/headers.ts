interface Header {
  description: string;
  example: string;
}

/** What a caller can say about a call besides its body. */
export const REQUEST_HEADERS = {
  "x-switchyard-function": {
    description: "The function's slug, whatever `model` says.",
    example: "email-classification",
  },
  "x-switchyard-metadata": {
    description: "A JSON object of at most 16 strings, kept on the invocation for chargeback.",
    example: '{"feature":"inbox"}',
  },
  "x-switchyard-delivery": {
    description:
      "`live`: tokens as they come. `whole`: a stream begins once its answer is complete, so that no break is seen. Left out: as the function is set.",
    example: "whole",
  },
  "x-request-id": { description: "Up to 128 printable characters, echoed and kept on record.", example: "req-42" },
  "anthropic-version": { description: "Goes on to the provider.", example: "2023-06-01" },
  "anthropic-beta": { description: "Goes on to the provider.", example: "context-1m-2025-08-07" },
} as const satisfies Record<string, Header>;
export type RequestHeader = keyof typeof REQUEST_HEADERS;

/** What every answer says, as far as it is known before its body. */
export const ANSWER_HEADERS = {
  "x-request-id": { description: "The caller's own, or ours.", example: "req-42" },
  "x-switchyard-invocation-id": {
    description: "The invocation on record (UUIDv7).",
    example: "0190a000-0000-7000-8000-000000000001",
  },
  "x-switchyard-function": { description: "Absent when a model was called by name.", example: "email-classification" },
  "x-switchyard-mode": { description: "Who runs the tenant's models.", example: "platform-managed" },
  "x-switchyard-provider": { description: "Who answered, or was asked last.", example: "groq" },
  "x-switchyard-model": { description: "Which model answered, or was asked last.", example: "openai/gpt-oss-20b" },
  "x-switchyard-attempts": { description: "How many tries it took; 0: no target was asked.", example: "1" },
  "x-switchyard-route-version": { description: "The version of the routing in force for the call.", example: "1" },
  "x-switchyard-overhead-ms": { description: "Milliseconds spent in the gateway itself.", example: "0.84" },
  "x-switchyard-cost-usd": {
    description: "US dollars. Absent in streams and where the price is unknown.",
    example: "0.000012300",
  },
  "x-switchyard-input-tokens": { description: "Absent in streams.", example: "41" },
  "x-switchyard-output-tokens": { description: "Absent in streams.", example: "12" },
  "x-switchyard-estimated": { description: "`true`: the token count is an estimate.", example: "true" },
  "x-switchyard-left-out": {
    description: "Parts of the request without bearing on the answer that the provider could not be told.",
    example: "user",
  },
  "x-switchyard-simulated": { description: "`true`: the demo provider made the answer up.", example: "true" },
  "server-timing": {
    description: "The time spent here and at the provider, for browsers.",
    example: "gateway;dur=0.84, provider;dur=412.10",
  },
  "retry-after": { description: "Seconds; on an error that trying again can help.", example: "2" },
  "x-should-retry": { description: "`false`: on an error that trying again cannot help.", example: "false" },
} as const satisfies Record<string, Header>;
export type AnswerHeader = keyof typeof ANSWER_HEADERS;

/** On every answer, an error too. */
const ON_ALL = [
  "x-request-id",
  "x-switchyard-invocation-id",
  "x-switchyard-attempts",
  "x-switchyard-overhead-ms",
] as const satisfies AnswerHeader[];

/** What each kind of answer carries. The error of a call that was planned carries as much more as is known. */
export const HEADERS_OF = {
  answer: [
    ...ON_ALL,
    "x-switchyard-function",
    "x-switchyard-mode",
    "x-switchyard-provider",
    "x-switchyard-model",
    "x-switchyard-route-version",
    "x-switchyard-cost-usd",
    "x-switchyard-input-tokens",
    "x-switchyard-output-tokens",
    "x-switchyard-left-out",
    "x-switchyard-simulated",
    "server-timing",
  ],
  count: [...ON_ALL, "x-switchyard-estimated"],
  list: ON_ALL,
  error: [...ON_ALL, "retry-after", "x-should-retry"],
} as const satisfies Record<string, readonly AnswerHeader[]>;
