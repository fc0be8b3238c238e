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
}

/** A named AI task. */
export interface AiFunction {
  slug: string;
  name: string;
  description: string;
  needs: { contextTokens: number; capabilities: readonly Capability[] };
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

/** Dearer from a number of input tokens on, where the provider charges long contexts more: the whole call then. */
export interface TokenPrice {
  nanoUsdPerMillion: bigint;
  above: readonly { inputTokens: number; nanoUsdPerMillion: bigint }[];
}
