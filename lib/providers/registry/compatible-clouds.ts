import type { ProviderEntry } from "./entry.ts";
import { apiKey, BASE_URL, CLOUD_TIMEOUTS } from "./fields.ts";

/** What clouds that speak OpenAI's wire share, and most have nothing to add to. */
const COMPATIBLE = {
  hosting: "cloud",
  wires: { "openai-chat": { path: "/chat/completions", streamUsage: "on-request" } },
  translation: "openai-compatible",
  auth: "bearer",
  regions: [],
  prefill: null,
  timeouts: CLOUD_TIMEOUTS,
} as const satisfies Partial<ProviderEntry>;

const RESPONSES = { "openai-responses": { path: "/responses" } } as const;
const EMBEDDINGS = { "openai-embeddings": { path: "/embeddings" } } as const;

/**
 * Clouds that speak OpenAI's wire. A second wire is listed where their documentation has it and does not say that it
 * leaves fields out: Anthropic's wire at DeepSeek, Fireworks and xAI (deprecated there) is reached by translation.
 */
export const COMPATIBLE_CLOUDS: readonly ProviderEntry[] = [
  {
    ...COMPATIBLE,
    id: "groq",
    name: "Groq",
    // Its Responses API is a beta without previous_response_id and others.
    docsUrl: "https://console.groq.com/docs/openai",
    baseUrl: "https://api.groq.com/openai/v1",
    fields: [apiKey("Made at console.groq.com/keys; begins with gsk_."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning"],
    prefill: "assistant-message",
  },
  {
    ...COMPATIBLE,
    id: "mistral",
    name: "Mistral",
    docsUrl: "https://docs.mistral.ai/api",
    wires: {
      // Usage comes with the last chunk; stream_options is an unknown field, which it refuses.
      "openai-chat": { path: "/chat/completions", streamUsage: "always", developerRole: "system" },
      ...EMBEDDINGS,
    },
    baseUrl: "https://api.mistral.ai/v1",
    fields: [apiKey("Made at console.mistral.ai/api-keys."), BASE_URL],
    // Documents only in a form of its own.
    capabilities: ["tools", "vision", "json", "reasoning", "embeddings"],
    prefill: "prefix-flag",
  },
  {
    ...COMPATIBLE,
    id: "deepseek",
    name: "DeepSeek",
    // The table of models there has both wires.
    docsUrl: "https://api-docs.deepseek.com/quick_start/pricing",
    wires: {
      "openai-chat": { ...COMPATIBLE.wires["openai-chat"], developerRole: "system" },
      "openai-responses": { ...RESPONSES["openai-responses"], developerRole: "system" },
    },
    baseUrl: "https://api.deepseek.com",
    fields: [apiKey("Made at platform.deepseek.com/api_keys."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning"],
    // Its prefix flag works at https://api.deepseek.com/beta alone.
  },
  {
    ...COMPATIBLE,
    id: "xai",
    name: "xAI",
    docsUrl: "https://docs.x.ai/docs/api-reference",
    wires: { ...COMPATIBLE.wires, ...RESPONSES },
    baseUrl: "https://api.x.ai/v1",
    fields: [apiKey("Made at console.x.ai; begins with xai-."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning"],
  },
  {
    ...COMPATIBLE,
    id: "openrouter",
    name: "OpenRouter",
    docsUrl: "https://openrouter.ai/docs/api/api-reference",
    wires: {
      ...COMPATIBLE.wires,
      // Stateless; what it cannot do, such as store, it refuses with a 400.
      ...RESPONSES,
      ...EMBEDDINGS,
      "anthropic-messages": { path: "/messages" },
    },
    baseUrl: "https://openrouter.ai/api/v1",
    fields: [apiKey("Made at openrouter.ai/settings/keys; begins with sk-or-."), BASE_URL],
    capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
  },
  {
    ...COMPATIBLE,
    id: "together",
    name: "Together AI",
    docsUrl: "https://docs.together.ai/docs/inference/openai-compatibility",
    wires: { ...COMPATIBLE.wires, ...EMBEDDINGS },
    baseUrl: "https://api.together.ai/v1",
    fields: [apiKey("Made at api.together.ai/settings/api-keys."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning", "embeddings"],
  },
  {
    ...COMPATIBLE,
    id: "fireworks",
    name: "Fireworks AI",
    docsUrl: "https://docs.fireworks.ai/tools-sdks/openai-compatibility",
    wires: { ...COMPATIBLE.wires, ...RESPONSES, ...EMBEDDINGS },
    baseUrl: "https://api.fireworks.ai/inference/v1",
    fields: [apiKey("Made at app.fireworks.ai/settings/users/api-keys; begins with fw_."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning", "embeddings"],
  },
  {
    ...COMPATIBLE,
    id: "perplexity",
    name: "Perplexity",
    docsUrl: "https://docs.perplexity.ai/guides/chat-completions-guide",
    // Every chunk carries usage. /v1/responses is another product with other models; its vectors are not OpenAI's kind.
    wires: { "openai-chat": { path: "/chat/completions", streamUsage: "always" } },
    baseUrl: "https://api.perplexity.ai",
    fields: [apiKey("Made at perplexity.ai/account/api; begins with pplx-."), BASE_URL],
    capabilities: ["vision", "json", "reasoning"],
  },
  {
    ...COMPATIBLE,
    id: "cerebras",
    name: "Cerebras",
    docsUrl: "https://inference-docs.cerebras.ai/resources/openai",
    baseUrl: "https://api.cerebras.ai/v1",
    fields: [apiKey("Made at cloud.cerebras.ai; begins with csk-."), BASE_URL],
    capabilities: ["tools", "json", "reasoning"],
  },
  {
    ...COMPATIBLE,
    id: "huggingface",
    name: "Hugging Face",
    docsUrl: "https://huggingface.co/docs/inference-providers/index",
    baseUrl: "https://router.huggingface.co/v1",
    fields: [
      apiKey("A token that may call Inference Providers, from huggingface.co/settings/tokens; begins with hf_."),
      BASE_URL,
    ],
    capabilities: ["tools", "vision", "json", "reasoning"],
  },
  {
    ...COMPATIBLE,
    id: "ollama-cloud",
    name: "Ollama Cloud",
    // Its Responses keep nothing and its Anthropic wire is a subset. It has no models that make vectors.
    docsUrl: "https://docs.ollama.com/api/openai-compatibility",
    baseUrl: "https://ollama.com/v1",
    fields: [apiKey("Made at ollama.com/settings/keys."), BASE_URL],
    capabilities: ["tools", "vision", "json", "reasoning"],
  },
];
