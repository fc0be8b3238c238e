import type { ModelRef, Tier } from "#lib/gateway/contract/catalog.ts";

type Row = Readonly<Record<Tier, readonly string[]>>;

const CLASSIFY: Row = {
  performance: ["anthropic/claude-sonnet-5", "google/gemini-3.5-flash", "openai/gpt-5.6-terra"],
  balanced: ["anthropic/claude-haiku-4-5", "google/gemini-3.8-flash", "openai/gpt-5.4-mini"],
  economy: [
    "openai/gpt-6-luna",
    "groq/openai/gpt-oss-20b",
    "google/gemini-2.5-flash-lite",
    "mistral/mistral-small-2603",
  ],
};

const WRITE: Row = {
  performance: ["google/gemini-3.1-pro-preview", "anthropic/claude-opus-4-8", "openai/gpt-5.5"],
  balanced: ["google/gemini-3.8-flash", "anthropic/claude-haiku-4-5", "openai/gpt-6-sol"],
  economy: ["groq/openai/gpt-oss-120b", "openai/gpt-6-luna", "google/gemini-2.5-flash-lite"],
};

const EMBED = ["openai/text-embedding-3-small", "azure-openai/text-embedding-3-small"];

/** Cells of the tier table that the tests pin: what they are about must not move when prices do. */
const PINS: Readonly<Record<string, Row>> = {
  "semantic-search": { performance: EMBED, balanced: EMBED, economy: EMBED },
  "email-classification": CLASSIFY,
  "ticket-triage": CLASSIFY,
  "sentiment-analysis": CLASSIFY,
  "reply-drafting": WRITE,
  "meeting-brief-generation": WRITE,
  "conversation-summary": WRITE,
  "action-item-extraction": { ...WRITE, performance: ["anthropic/claude-opus-4-8", "openai/gpt-5.5"] },
  "document-summary": {
    ...WRITE,
    economy: ["openai/gpt-6-luna", "google/gemini-2.5-flash-lite", "mistral/mistral-small-2603"],
  },
};

/** As `SWITCHYARD_TIER_PINS` takes them. */
export const PINNED_CHAINS_VARIABLE = JSON.stringify(PINS);

/** The chain that a function has in a tier while the pins are set. Throws for a function that is not pinned. */
export function pinnedChain(functionSlug: string, tier: Tier): readonly ModelRef[] {
  const chain = PINS[functionSlug]?.[tier];
  if (chain === undefined) throw new Error(`${functionSlug} is not pinned.`);
  return chain.map((target) => {
    const slash = target.indexOf("/");
    return { provider: target.slice(0, slash), model: target.slice(slash + 1) };
  });
}
