import type { ModelRef, Tier } from "#lib/gateway/contract/catalog.ts";

/**
 * Which models serve a function at each tier, first to last. Quality: LiveBench 2026-01-08 (livebench.ai), the mean of
 * its seven categories, or the category named; a model's effort in brackets where it matters. Prices: dollars per
 * million input/output tokens on 2026-11-23, from @pydantic/genai-prices 0.1.8. Each chain spans at least two
 * providers, so that one provider's bad day is not the function's.
 */
type Chain = readonly ModelRef[];
type Chains = Readonly<Record<Tier, Chain>>;

/** `provider/model`; models of Groq bear a slash of their own. */
function chain(...targets: readonly string[]): Chain {
  return targets.map((target) => {
    const slash = target.indexOf("/");
    return { provider: target.slice(0, slash), model: target.slice(slash + 1) };
  });
}

// Short inputs, short answers.
const CLASSIFY: Chains = {
  performance: chain(
    "anthropic/claude-sonnet-5", // 75.8 [xhigh], 2/10
    "google/gemini-3.5-flash", // 75.0 [high], 1.5/9
    "openai/gpt-5.6-terra", // 2/12; not measured, its line's GPT-5.4: 80.3 [xhigh]
  ),
  balanced: chain(
    "anthropic/claude-haiku-4-5", // 45.3, 61.3 [thinking], 1/5
    "google/gemini-3.8-flash", // 0.75/3.75; its forerunner 3.5 Flash: 75.0 [high]
    "openai/gpt-5.4-mini", // 37.0, 58.3 [medium], 0.75/4.5
  ),
  economy: chain(
    "openai/gpt-6-luna", // 0.10/0.50; OpenAI's own successor of GPT-4.1 nano and mini
    "groq/openai/gpt-oss-20b", // 0.075/0.30, and the fastest
    "google/gemini-2.5-flash-lite", // 42.6 [high], 0.10/0.40
    "mistral/mistral-small-2603", // 0.15/0.60
  ),
};

// Prose: by instruction following, of which summarising is a part.
const WRITE: Chains = {
  performance: chain(
    "google/gemini-3.1-pro-preview", // IF 79, summarise 88; 79.9 [high, its default], 2/12
    "anthropic/claude-opus-4-8", // IF 67, summarise 74; 78.8 [xhigh], 5/25
    "openai/gpt-5.5", // IF 73, summarise 72; 80.7 [xhigh], 5/30
  ),
  balanced: chain(
    "google/gemini-3.8-flash", // 0.75/3.75; 3.5 Flash: IF 76, summarise 83
    "anthropic/claude-haiku-4-5", // IF 50, summarise 54 [thinking], 1/5
    "openai/gpt-6-sol", // 2/10
  ),
  economy: chain(
    "groq/openai/gpt-oss-120b", // IF 50, summarise 44, 0.15/0.60: the best measured one below a dollar
    "openai/gpt-6-luna", // 0.10/0.50
    "google/gemini-2.5-flash-lite", // IF 23, 0.10/0.40
  ),
};

// As WRITE, for more than the 131,072 tokens that Groq takes.
const WRITE_LONG: Chains = {
  ...WRITE,
  economy: chain("openai/gpt-6-luna", "google/gemini-2.5-flash-lite", "mistral/mistral-small-2603"),
};

// Weighing evidence: by reasoning.
const ANALYSE: Chains = {
  performance: chain(
    "anthropic/claude-opus-4-8", // reasoning 90 [xhigh], 5/25: the highest measured
    "openai/gpt-5.5", // reasoning 88 [xhigh], 5/30
    "google/gemini-3.1-pro-preview", // reasoning 84 [high], 2/12
  ),
  balanced: chain(
    "google/gemini-3.8-flash", // 0.75/3.75; 3.5 Flash: reasoning 82 [high]
    "anthropic/claude-sonnet-5", // reasoning 87 [xhigh], 2/10
    "openai/gpt-6-sol", // 2/10
  ),
  economy: WRITE.economy,
};

// A given shape as JSON.
const EXTRACT: Chains = {
  performance: chain(
    "google/gemini-3.1-pro-preview", // data analysis 79 [high], 2/12
    "openai/gpt-5.4", // data analysis 79 [xhigh], 2.5/15
    "azure-openai/gpt-5.4",
    "anthropic/claude-opus-4-8", // data analysis 78 [xhigh], 5/25
    "mistral/mistral-large-2512", // 0.5/1.5
  ),
  balanced: chain(
    "google/gemini-3.8-flash", // 0.75/3.75; 3.5 Flash: data analysis 65 [high]
    "openai/gpt-5.4-mini", // data analysis 64 [medium], 0.75/4.5
    "anthropic/claude-haiku-4-5", // data analysis 59 [thinking], 1/5
    "mistral/mistral-medium-latest", // 1.5/7.5
  ),
  economy: chain(
    "openai/gpt-6-luna", // 0.10/0.50
    "google/gemini-2.5-flash-lite", // data analysis 47 [high], 0.10/0.40
    "mistral/mistral-small-2603", // 0.15/0.60
  ),
};

// Tools as well: first the best measured one below a dollar.
const ENRICH: Chains = {
  ...EXTRACT,
  economy: chain(
    "groq/openai/gpt-oss-120b", // 46.1, 0.15/0.60
    "google/gemini-2.5-flash-lite", // 42.6 [high], 0.10/0.40
    "mistral/mistral-small-2603", // 0.15/0.60
  ),
};

// Vectors of different models cannot be compared. The second target gives the very same ones; the third has another
// length (1,024 against 1,536 or 3,072), so that an index refuses it rather than answer wrongly: for that reason no
// Gemini here, whose vectors are as long as those of text-embedding-3-large.
const EMBED_SMALL = chain(
  "openai/text-embedding-3-small", // 0.02
  "azure-openai/text-embedding-3-small",
  "mistral/mistral-embed", // 0.10
);
const EMBED: Chains = {
  performance: chain(
    "openai/text-embedding-3-large", // 0.13
    "azure-openai/text-embedding-3-large",
    "mistral/mistral-embed",
  ),
  balanced: EMBED_SMALL,
  economy: EMBED_SMALL,
};

/** By function slug. */
export const TIER_CHAINS: Readonly<Record<string, Chains>> = {
  "email-classification": CLASSIFY,
  "ticket-triage": CLASSIFY,
  "sentiment-analysis": CLASSIFY,
  "lead-qualification": { ...ANALYSE, economy: CLASSIFY.economy },
  "outcome-analysis": ANALYSE,
  "call-transcript-analysis": { ...ANALYSE, economy: WRITE_LONG.economy },
  "meeting-brief-generation": WRITE,
  "conversation-summary": WRITE,
  "document-summary": WRITE_LONG,
  "reply-drafting": WRITE,
  "action-item-extraction": { ...WRITE, performance: ANALYSE.performance },
  "entity-extraction": EXTRACT,
  "document-extraction": EXTRACT,
  "data-enrichment": ENRICH,
  "semantic-search": EMBED,
};
