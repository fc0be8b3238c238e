type Json = Record<string, unknown>;

/** How one provider answers "Hello there" over OpenAI's chat wire, in the shape that its documentation shows. */
export interface ChatFixture {
  answer: Json;
  /** The events' data, `[DONE]` left out. */
  chunks: readonly Json[];
  /** A stream's text: events, comments and line ends as the provider sends them. */
  stream: string;
  /** What it says that it counted. */
  usage: { inputTokens: number; outputTokens: number; cachedInputTokens: number; reasoningTokens: number };
}

interface Habits {
  usage?: Json;
  counted?: Partial<ChatFixture["usage"]>;
  /** Where a stream has its usage. */
  usageIn?: "own-chunk" | "last-chunk" | "every-chunk" | "x_groq";
  /** What it adds to the answer and to every chunk. */
  fields?: Json;
  /** What it adds to the answer's message. */
  message?: Json;
  /** Before the first chunk. */
  prelude?: string;
  first?: Json;
  lineEnd?: "\n" | "\r\n";
}

const TOKENS = { prompt_tokens: 40, completion_tokens: 7, total_tokens: 47 };
const CACHED_AND_REASONED = {
  ...TOKENS,
  prompt_tokens_details: { cached_tokens: 30 },
  completion_tokens_details: { reasoning_tokens: 5 },
};
const COUNTED = { cachedInputTokens: 30, reasoningTokens: 5 };

/** By provider: one for each that speaks OpenAI's chat wire. What stands here is where it differs from the others. */
export const CHAT_FIXTURES: Readonly<Record<string, ChatFixture>> = {
  openai: chat({ usage: CACHED_AND_REASONED, counted: COUNTED, fields: { service_tier: "default" } }),
  "azure-openai": chat({
    usage: CACHED_AND_REASONED,
    counted: COUNTED,
    // Before the answer it says what its filter made of the prompt.
    first: { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
  }),
  groq: chat({ usage: { ...TOKENS, queue_time: 0.01, total_time: 0.05 }, usageIn: "x_groq" }),
  mistral: chat({
    usage: { ...TOKENS, num_cached_tokens: 30 },
    counted: { cachedInputTokens: 30 },
    usageIn: "last-chunk",
  }),
  deepseek: chat({
    usage: { ...TOKENS, prompt_cache_hit_tokens: 30, prompt_cache_miss_tokens: 10 },
    counted: { cachedInputTokens: 30 },
    message: { reasoning_content: "A greeting." },
  }),
  xai: chat({ usage: { ...CACHED_AND_REASONED, num_sources_used: 0 }, counted: COUNTED }),
  openrouter: chat({
    usage: { ...CACHED_AND_REASONED, cost: 0.0001 },
    counted: COUNTED,
    fields: { provider: "Example" },
    prelude: ": OPENROUTER PROCESSING\n\n",
  }),
  together: chat({ fields: { prompt: [] } }),
  fireworks: chat({
    usage: { ...TOKENS, prompt_tokens_details: { cached_tokens: 30 } },
    counted: { cachedInputTokens: 30 },
  }),
  perplexity: chat({
    usage: { ...TOKENS, search_context_size: "low" },
    usageIn: "every-chunk",
    fields: { citations: ["https://example.com"], search_results: [] },
    lineEnd: "\r\n",
  }),
  cerebras: chat({ fields: { time_info: { total_time: 0.02 } } }),
  huggingface: chat({ fields: { system_fingerprint: "3.0.1-native" } }),
  "ollama-cloud": chat({ fields: { system_fingerprint: "fp_ollama" } }),
  ollama: chat({ fields: { system_fingerprint: "fp_ollama" } }),
  vllm: chat({
    usage: { ...TOKENS, prompt_tokens_details: null },
    message: { reasoning: null },
    fields: { prompt_logprobs: null },
  }),
  litellm: chat({ usage: CACHED_AND_REASONED, counted: COUNTED }),
  "llama-cpp": chat({ fields: { timings: { prompt_n: 40, predicted_n: 7 } } }),
  "lm-studio": chat({ fields: { stats: {} } }),
  "openai-compatible": chat({}),
};

function chat(habits: Habits): ChatFixture {
  const { usage = TOKENS, counted = {}, fields = {}, message = {}, prelude = "", lineEnd = "\n" } = habits;
  const chunks = toChunks({ ...habits, usage, fields });
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"].map((data) => `data: ${data}\n\n`);
  return {
    answer: {
      id: "answer-1",
      object: "chat.completion",
      created: 1_750_000_000,
      model: "a-model",
      choices: [
        { index: 0, message: { role: "assistant", content: "Hello there", ...message }, finish_reason: "stop" },
      ],
      usage,
      ...fields,
    },
    chunks,
    stream: (prelude + events.join("")).replaceAll("\n", lineEnd),
    usage: { inputTokens: 40, outputTokens: 7, cachedInputTokens: 0, reasoningTokens: 0, ...counted },
  };
}

function toChunks({ usage, usageIn = "own-chunk", fields, first }: Habits): Json[] {
  const base = { id: "answer-1", object: "chat.completion.chunk", created: 1_750_000_000, model: "a-model", ...fields };
  const always = usageIn === "every-chunk" ? { usage } : {};
  const content = (delta: Json) => ({ ...base, choices: [{ index: 0, delta, finish_reason: null }], ...always });
  const last = {
    ...base,
    choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
    ...always,
    ...(usageIn === "last-chunk" && { usage }),
    ...(usageIn === "x_groq" && { x_groq: { id: "request-1", usage } }),
  };
  return [
    ...(first === undefined ? [] : [{ ...base, ...first }]),
    content({ role: "assistant", content: "Hello" }),
    content({ content: " there" }),
    last,
    ...(usageIn === "own-chunk" ? [{ ...base, choices: [], usage }] : []),
  ];
}
