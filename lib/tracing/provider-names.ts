/** Providers that the GenAI conventions know by another name than we do. */
const CONVENTIONAL_NAMES: Readonly<Record<string, string>> = {
  "azure-openai": "azure.ai.openai",
  bedrock: "aws.bedrock",
  google: "gcp.gemini",
  mistral: "mistral_ai",
  vertex: "gcp.vertex_ai",
  xai: "x_ai",
};

/** `gen_ai.provider.name`: the conventions' own where they have one, else our id. */
export function conventionalName(provider: string): string {
  return CONVENTIONAL_NAMES[provider] ?? provider;
}
