/** What people call the providers that the catalog's models come from. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  "azure-openai": "Azure OpenAI",
  groq: "Groq",
  google: "Google",
  mistral: "Mistral",
  demo: "Demo",
};

export function findProviderName(id: string): string {
  return PROVIDER_NAMES[id] ?? id;
}
