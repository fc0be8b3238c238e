/** What people call the providers that the catalog's models come from. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  "azure-openai": "Azure OpenAI",
  bedrock: "Amazon Bedrock",
  cerebras: "Cerebras",
  cohere: "Cohere",
  deepseek: "DeepSeek",
  fireworks: "Fireworks AI",
  google: "Google",
  groq: "Groq",
  mistral: "Mistral",
  perplexity: "Perplexity",
  together: "Together AI",
  vertex: "Google Vertex AI",
  xai: "xAI",
  demo: "Demo",
};

export function findProviderName(id: string): string {
  return (Object.hasOwn(PROVIDER_NAMES, id) ? PROVIDER_NAMES[id] : undefined) ?? id;
}
