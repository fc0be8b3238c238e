/** As the registry has them, which is not for browsers: a test holds the two together. */
const NAMES: Readonly<Record<string, string>> = {
  anthropic: "Anthropic",
  openai: "OpenAI",
  "azure-openai": "Azure OpenAI",
  bedrock: "Amazon Bedrock",
  cerebras: "Cerebras",
  cohere: "Cohere",
  deepseek: "DeepSeek",
  fireworks: "Fireworks AI",
  google: "Google Gemini",
  groq: "Groq",
  huggingface: "Hugging Face",
  litellm: "LiteLLM",
  "llama-cpp": "llama.cpp server",
  "lm-studio": "LM Studio",
  mistral: "Mistral",
  ollama: "Ollama",
  "ollama-cloud": "Ollama Cloud",
  "openai-compatible": "OpenAI-compatible server",
  openrouter: "OpenRouter",
  perplexity: "Perplexity",
  together: "Together AI",
  vertex: "Google Vertex AI",
  vllm: "vLLM",
  xai: "xAI",
  demo: "Demo provider",
  none: "No provider",
};

/** A provider's id as people write its name. */
export function formatProvider(provider: string): string {
  return NAMES[provider] ?? provider;
}

/** Where an account is made by something other than a key. */
const KEY_FIELDS: Readonly<Record<string, string>> = {
  vertex: "SERVICE_ACCOUNT_JSON",
  litellm: "BASE_URL",
  "llama-cpp": "BASE_URL",
  "lm-studio": "BASE_URL",
  ollama: "BASE_URL",
  "openai-compatible": "BASE_URL",
  vllm: "BASE_URL",
};

/** The variable that connects the operator's own account at a provider. */
export function platformKeyVariable(provider: string): string {
  return `PLATFORM_${provider.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}_${KEY_FIELDS[provider] ?? "API_KEY"}`;
}
