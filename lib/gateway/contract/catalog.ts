/** Which model the platform picks for a function: for quality, for quality per cost, or for cost. */
export const TIERS = ["performance", "balanced", "economy"] as const;
export type Tier = (typeof TIERS)[number];

/** Who runs a tenant's models. */
export const MODES = ["platform-managed"] as const;
export type Mode = (typeof MODES)[number];

/** What a model can do and a function or a request can need. */
export const CAPABILITIES = ["tools", "vision", "json", "embeddings"] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** A model of one provider, as the plan needs to know it. */
export interface Model {
  provider: string;
  /** The provider's own name for it, sent upstream as it stands. */
  id: string;
  name: string;
  contextTokens: number;
  capabilities: readonly Capability[];
  /** Fields of OpenAI's wire that are never added on our side: it refuses them, or its provider advises against them. */
  refuses?: readonly string[];
}

/** A named AI task. */
export interface AiFunction {
  slug: string;
  name: string;
  description: string;
  needs: { contextTokens: number; capabilities: readonly Capability[] };
  /** Filled in where the caller leaves them out and the model does not refuse them. Reasoning counts as output. */
  defaults: { temperature?: number; maxOutputTokens?: number };
}

/** One step of a tier's chain, before it is known whose account serves it. */
export interface ModelRef {
  provider: string;
  model: string;
}

/** Prices of one model from a moment on, in nano-dollars per million tokens: $3 per million is 3_000_000_000. */
export interface Price {
  validFrom: Date | null;
  input: TokenPrice;
  output: TokenPrice;
  /** Null: cached tokens cost as much as others. */
  cachedInput: TokenPrice | null;
  cacheWrite: TokenPrice | null;
}

/** Dearer above a number of input tokens (more than, not equal), where long contexts cost more: the whole call then. */
export interface TokenPrice {
  nanoUsdPerMillion: bigint;
  above: readonly { inputTokens: number; nanoUsdPerMillion: bigint }[];
}
