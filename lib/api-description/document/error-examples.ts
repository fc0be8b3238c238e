/** One body of each shape of error, as it is sent: a test makes them anew and compares. */
export const ERROR_EXAMPLES = {
  management: {
    error: {
      code: "invalid_request",
      message: "The expiry has to lie in the future.",
      requestId: "req-42",
      fields: { expiresAt: "The expiry has to lie in the future." },
    },
  },
  openai: {
    error: {
      message:
        "All 2 targets failed. groq/openai/gpt-oss-20b (tried 2 times): Service unavailable. openai/gpt-4.1-nano: No answer came in time.",
      type: "server_error",
      param: null,
      code: "all_targets_failed",
      attempts: [
        {
          provider: "groq",
          model: "openai/gpt-oss-20b",
          kind: "overloaded",
          status: 503,
          message: "Service unavailable.",
          ms: 212,
        },
        {
          provider: "groq",
          model: "openai/gpt-oss-20b",
          kind: "overloaded",
          status: 503,
          message: "Service unavailable.",
          ms: 208,
        },
        {
          provider: "openai",
          model: "gpt-4.1-nano",
          kind: "timeout",
          status: null,
          message: "No answer came in time.",
          ms: 60000,
        },
      ],
    },
  },
  anthropic: {
    type: "error",
    error: {
      type: "not_found_error",
      message: "There is no function `mail-sorting`. GET /v1/models lists what this key may call.",
      code: "function_not_found",
      param: "model",
    },
    request_id: "req-42",
  },
} as const;
