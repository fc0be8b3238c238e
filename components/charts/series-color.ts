/**
 * The same provider has the same colour on every page, whatever else is shown beside it, and no other of these has it.
 * Those that stand together in chains the most have the plain hues.
 */
export const PROVIDER_SERIES: Readonly<Record<string, string>> = {
  "azure-openai": "1",
  anthropic: "2",
  openai: "3",
  mistral: "4",
  google: "5",
  groq: "6",
  xai: "7",
  deepseek: "8",
  together: "1-deep",
  bedrock: "2-deep",
  openrouter: "3-deep",
  fireworks: "4-deep",
  vertex: "5-deep",
  cohere: "6-deep",
  "openai-compatible": "7-deep",
  perplexity: "8-deep",
  ollama: "1-pale",
  vllm: "2-pale",
  litellm: "3-pale",
  "llama-cpp": "4-pale",
  "lm-studio": "5-pale",
  cerebras: "6-pale",
  huggingface: "7-pale",
  "ollama-cloud": "8-pale",
};

/** The colour of a provider, as a CSS value. */
export function providerColor(provider: string): string {
  // Answers that were made up here, and calls that no provider answered.
  if (provider === "demo") return "var(--ink-subtle)";
  if (provider === "none") return "var(--line-strong)";
  return `var(--series-${PROVIDER_SERIES[provider] ?? sharedSeries(provider)})`;
}

/** That of another provider, but always the same: for one that nobody has given a colour yet. */
function sharedSeries(provider: string): string {
  const all = Object.values(PROVIDER_SERIES);
  const sum = [...provider].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
  return all[sum % all.length] as string;
}
