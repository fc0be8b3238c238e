import type { Capability, Model } from "#lib/gateway/contract/catalog.ts";

/**
 * The models that Switchyard knows, by the names that go upstream over each provider's OpenAI-compatible wire.
 * Read on 2026-11-23 from:
 * - context windows: @pydantic/genai-prices 0.1.8; where it has none, the provider's own model page
 * - OpenAI and Azure OpenAI: developers.openai.com/api/docs/models, learn.microsoft.com/azure/ai-foundry/openai
 * - Anthropic: platform.claude.com/docs (models, OpenAI SDK compatibility)
 * - Google: ai.google.dev/gemini-api/docs (models, openai); Mistral: docs.mistral.ai/models; Groq: console.groq.com/docs
 * Models that are shut down or about to be stay listed, for the prices of the past: see retirements.ts.
 */
export const MODELS: readonly Model[] = [
  ...openAi("openai"),
  // Azure serves the same models; a deployment is expected to bear its model's name.
  ...openAi("azure-openai"),
  ...anthropic(),
  ...google(),
  ...groq(),
  ...mistral(),
];

function openAi(provider: "openai" | "azure-openai"): Model[] {
  const all: readonly Capability[] = ["tools", "vision", "json"];
  // From GPT-5.5 on, models reason unless told otherwise, and this wire refuses tools beside reasoning ("use
  // /v1/responses or set reasoning_effort to 'none'"): BerriAI/litellm#34569, openai/openai-openapi#541.
  const withoutTools: readonly Capability[] = ["vision", "json"];
  // "Unsupported parameter": developers.openai.com/api/docs/guides/reasoning; a limit is max_completion_tokens there.
  const refuses = ["temperature", "top_p", "logprobs", "max_tokens"];
  const chat = (id: string, name: string, contextTokens: number, capabilities = all): Model => ({
    provider,
    id,
    name,
    contextTokens,
    capabilities,
  });
  const reasoning = (id: string, name: string, contextTokens: number, capabilities = all): Model => ({
    ...chat(id, name, contextTokens, capabilities),
    refuses,
  });
  const models = [
    chat("gpt-4o", "GPT-4o", 128_000),
    chat("gpt-4o-mini", "GPT-4o mini", 128_000),
    chat("gpt-4.1", "GPT-4.1", 1_000_000),
    chat("gpt-4.1-mini", "GPT-4.1 mini", 1_000_000),
    chat("gpt-4.1-nano", "GPT-4.1 nano", 1_000_000),
    reasoning("gpt-5", "GPT-5", 400_000),
    reasoning("gpt-5-mini", "GPT-5 mini", 400_000),
    reasoning("gpt-5-nano", "GPT-5 nano", 400_000),
    reasoning("gpt-5.1", "GPT-5.1", 400_000),
    reasoning("gpt-5.2", "GPT-5.2", 400_000),
    reasoning("gpt-5.4", "GPT-5.4", 1_050_000),
    reasoning("gpt-5.4-mini", "GPT-5.4 mini", 400_000),
    reasoning("gpt-5.4-nano", "GPT-5.4 nano", 400_000),
    reasoning("gpt-5.5", "GPT-5.5", 1_000_000, withoutTools),
    reasoning("gpt-5.6-sol", "GPT-5.6 Sol", 1_050_000, withoutTools),
    reasoning("gpt-5.6-terra", "GPT-5.6 Terra", 1_050_000, withoutTools),
    reasoning("gpt-5.6-luna", "GPT-5.6 Luna", 1_050_000, withoutTools),
    reasoning("gpt-6-sol", "GPT-6 Sol", 1_050_000, withoutTools),
    reasoning("gpt-6-luna", "GPT-6 Luna", 1_050_000, withoutTools),
    chat("text-embedding-3-small", "Text Embedding 3 small", 8_192, ["embeddings"]),
    chat("text-embedding-3-large", "Text Embedding 3 large", 8_192, ["embeddings"]),
  ];
  return models;
}

function anthropic(): Model[] {
  // No "json": Anthropic's OpenAI-compatible endpoint ignores response_format (platform.claude.com/docs, OpenAI SDK).
  const capabilities: readonly Capability[] = ["tools", "vision"];
  // "`temperature` is deprecated for this model", a 400, from Opus 4.7 and Sonnet 5 on.
  const refuses = ["temperature", "top_p"];
  const model = (id: string, name: string, contextTokens: number): Model => ({
    provider: "anthropic",
    id,
    name,
    contextTokens,
    capabilities,
  });
  return [
    model("claude-haiku-4-5", "Claude Haiku 4.5", 200_000),
    model("claude-sonnet-4-5", "Claude Sonnet 4.5", 200_000),
    model("claude-sonnet-4-6", "Claude Sonnet 4.6", 1_000_000),
    { ...model("claude-sonnet-5", "Claude Sonnet 5", 1_000_000), refuses },
    model("claude-opus-4-5", "Claude Opus 4.5", 200_000),
    model("claude-opus-4-6", "Claude Opus 4.6", 1_000_000),
    { ...model("claude-opus-4-7", "Claude Opus 4.7", 1_000_000), refuses },
    { ...model("claude-opus-4-8", "Claude Opus 4.8", 1_000_000), refuses },
    { ...model("claude-opus-5", "Claude Opus 5", 1_000_000), refuses },
    { ...model("claude-opus-5-5", "Claude Opus 5.5", 1_000_000), refuses },
  ];
}

function google(): Model[] {
  const capabilities: readonly Capability[] = ["tools", "vision", "json"];
  // Not refused, but Google warns of loops below the default of 1: ai.google.dev/gemini-api/docs/gemini-3.
  const refuses = ["temperature"];
  const model = (id: string, name: string, contextTokens: number): Model => ({
    provider: "google",
    id,
    name,
    contextTokens,
    capabilities,
  });
  return [
    model("gemini-2.5-pro", "Gemini 2.5 Pro", 1_048_576),
    model("gemini-2.5-flash", "Gemini 2.5 Flash", 1_048_576),
    model("gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite", 1_000_000),
    { ...model("gemini-3.1-pro-preview", "Gemini 3.1 Pro", 1_048_576), refuses },
    { ...model("gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", 1_000_000), refuses },
    { ...model("gemini-3.5-flash", "Gemini 3.5 Flash", 1_000_000), refuses },
    { ...model("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", 1_000_000), refuses },
    { ...model("gemini-3.8-flash", "Gemini 3.8 Flash", 1_000_000), refuses },
    { ...model("gemini-embedding-001", "Gemini Embedding 001", 2_048), capabilities: ["embeddings"] },
  ];
}

function groq(): Model[] {
  const model = (id: string, name: string, capabilities: readonly Capability[]): Model => ({
    provider: "groq",
    id,
    name,
    contextTokens: 131_072,
    capabilities,
  });
  return [
    model("openai/gpt-oss-120b", "GPT-OSS 120B", ["tools", "json"]),
    model("openai/gpt-oss-20b", "GPT-OSS 20B", ["tools", "json"]),
    model("qwen/qwen3-32b", "Qwen3 32B", ["tools", "json"]),
    model("qwen/qwen3.6-27b", "Qwen3.6 27B", ["tools", "vision", "json"]),
    model("llama-3.3-70b-versatile", "Llama 3.3 70B", ["tools", "json"]),
    model("llama-3.1-8b-instant", "Llama 3.1 8B", ["tools", "json"]),
  ];
}

function mistral(): Model[] {
  // "extra_forbidden" for OpenAI's newer name of max_tokens: editor-code-assistant/eca#231.
  const refuses = ["max_completion_tokens"];
  const model = (id: string, name: string, contextTokens: number): Model => ({
    provider: "mistral",
    id,
    name,
    contextTokens,
    capabilities: ["tools", "vision", "json"],
    refuses,
  });
  return [
    model("mistral-small-2603", "Mistral Small 4", 262_144),
    model("mistral-medium-2508", "Mistral Medium 3.1", 131_072),
    model("mistral-medium-latest", "Mistral Medium 3.5", 262_144),
    model("mistral-large-2512", "Mistral Large 3", 262_144),
    { ...model("mistral-embed", "Mistral Embed", 8_192), capabilities: ["embeddings"] },
  ];
}
