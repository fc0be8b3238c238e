const NAMES: Readonly<Record<string, string>> = {
  anthropic: "Anthropic",
  openai: "OpenAI",
  "azure-openai": "Azure OpenAI",
  groq: "Groq",
  google: "Google",
  mistral: "Mistral",
  demo: "Demo provider",
  none: "No provider",
};

/** A provider's id as people write its name. */
export function formatProvider(provider: string): string {
  return NAMES[provider] ?? provider;
}

/** The variable that connects the operator's own account at a provider. */
export function platformKeyVariable(provider: string): string {
  return `PLATFORM_${provider.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}_API_KEY`;
}
