import { compileCatalog } from "#lib/catalog/index.ts";
import type { AiFunction, ModelRef, Prefill, Tier } from "#lib/gateway/contract/catalog.ts";

/** One target of a chain. Its provider's lane at the stand-in bears the provider's name. */
export interface ChainTarget extends ModelRef {
  contextTokens: number;
  prefill: Prefill | null;
}

/** A function whose chain the operator has pinned. */
export interface Route {
  functionSlug: string;
  delivery: AiFunction["delivery"];
  chain: readonly ChainTarget[];
}

/** By how a case's first target is reached: over the caller's own wire, or through a translation into Gemini's or Claude's. */
export const FAMILIES = ["native", "gemini", "claude"] as const;
export type Family = (typeof FAMILIES)[number];

/** Every tenant of the tests is in it: tenants begin there. */
const TIER: Tier = "balanced";

/**
 * The chains of all functions that are called here. No model stands in two chains of `Family`: what one family's cases
 * do to a target is not to change what another's meet. The first two go on to one that takes prefill, the third to none.
 */
const CHAINS: Readonly<Record<string, readonly string[]>> = {
  "email-classification": ["openai/gpt-6-luna", "groq/openai/gpt-oss-20b", "mistral/mistral-small-2603"],
  "reply-drafting": ["google/gemini-3.8-flash", "anthropic/claude-haiku-4-5", "openai/gpt-6-sol"],
  "ticket-triage": ["anthropic/claude-sonnet-4-5", "google/gemini-3.5-flash", "openai/gpt-5.4-mini"],
  "sentiment-analysis": ["openai/gpt-5.5", "google/gemini-3.1-pro-preview"],
  "lead-qualification": ["groq/openai/gpt-oss-120b", "google/gemini-3.1-pro-preview"],
  "conversation-summary": ["anthropic/claude-opus-4-5", "google/gemini-3.1-pro-preview"],
  "outcome-analysis": ["mistral/mistral-medium-latest", "google/gemini-3.1-pro-preview"],
};

const pins = Object.entries(CHAINS).map(([slug, targets]) => ({
  function: slug,
  tier: TIER,
  chain: targets.map(toRef),
}));
const catalog = compileCatalog({ pins });

export const PROVIDERS = [...new Set(pins.flatMap(({ chain }) => chain.map(({ provider }) => provider)))];

export const ROUTES: Readonly<Record<Family, Route>> = {
  native: routeOf("email-classification"),
  gemini: routeOf("reply-drafting"),
  claude: routeOf("ticket-triage"),
};

/** Two targets each: the first differs, and Gemini is the second of all. */
export const PAIRS = ["sentiment-analysis", "lead-qualification", "conversation-summary", "outcome-analysis"].map(
  routeOf,
);

/** What makes the gateway use these chains. */
export const PINS_VARIABLE = {
  SWITCHYARD_TIER_PINS: JSON.stringify(
    Object.fromEntries(Object.entries(CHAINS).map(([slug, targets]) => [slug, { [TIER]: targets }])),
  ),
};

function routeOf(functionSlug: string): Route {
  const chain = (catalog.chains.get(functionSlug)?.[TIER] ?? []).map(({ provider, model }) => {
    const known = catalog.models.get(`${provider}/${model}`);
    return { provider, model, contextTokens: known?.contextTokens ?? 0, prefill: known?.prefill ?? null };
  });
  return { functionSlug, delivery: catalog.functions.get(functionSlug)?.delivery ?? "live", chain };
}

/** `provider/model`; models of some providers bear a slash of their own. */
function toRef(target: string): ModelRef {
  const slash = target.indexOf("/");
  return { provider: target.slice(0, slash), model: target.slice(slash + 1) };
}
