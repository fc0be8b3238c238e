// The same provider has the same colour on every page, whatever else is shown beside it.
const PROVIDER_SERIES: Readonly<Record<string, number>> = {
  openai: 3,
  anthropic: 2,
  "azure-openai": 1,
  groq: 6,
  google: 5,
  mistral: 4,
  demo: 7,
};
const SERIES_COUNT = 8;

/** The colour of a provider, as a CSS value. */
export function providerColor(provider: string): string {
  // Calls that no provider answered.
  if (provider === "none") return "var(--line-strong)";
  return `var(--series-${PROVIDER_SERIES[provider] ?? fallbackSeries(provider)})`;
}

function fallbackSeries(provider: string): number {
  let sum = 0;
  for (const character of provider) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return (sum % SERIES_COUNT) + 1;
}
