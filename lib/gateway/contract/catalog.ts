import type { WireId } from "./wire.ts";

/** Which model the platform picks for a function: for quality, for quality per cost, or for cost. */
export const TIERS = ["performance", "balanced", "economy"] as const;
export type Tier = (typeof TIERS)[number];

/** Who runs a tenant's models. */
export const MODES = ["platform-managed", "bring-your-own", "self-hosted"] as const;
export type Mode = (typeof MODES)[number];

/** What a model can do and a function or a request can need. */
export const CAPABILITIES = ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"] as const;
export type Capability = (typeof CAPABILITIES)[number];

/**
 * `live`: tokens go to the caller as they come. `whole`: the answer is held until it is complete, so that whatever
 * breaks on the way is made good by the next target unseen.
 */
export const DELIVERIES = ["live", "whole"] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** How a model is asked to go on with an answer that has begun; the field's name differs from provider to provider. */
export const PREFILLS = ["assistant-message", "prefix-flag", "continue-final-message"] as const;
export type Prefill = (typeof PREFILLS)[number];

/** A model of one provider, as the plan needs to know it. */
export interface Model {
  provider: string;
  /** The provider's own name for it, sent upstream as it stands. */
  id: string;
  name: string;
  contextTokens: number;
  capabilities: readonly Capability[];
  /** Capabilities that the model has, but not over this wire of its provider: it is asked through a translation then. */
  lacksOverWire?: Readonly<Partial<Record<WireId, readonly Capability[]>>>;
  /** The model takes the beginning of an answer and goes on from there; absent: it does not. */
  prefill?: Prefill;
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
  delivery: Delivery;
}

/** One step of a tier's chain, before it is known whose account serves it. */
export interface ModelRef {
  provider: string;
  model: string;
}

/** A tenant's own word on how long a target is waited for. What it does not say is as usual at the provider. */
export interface Patience {
  /** Milliseconds until a stream's first content. */
  firstTokenTimeoutMs?: number;
  /** Milliseconds until an answer is whole that the caller gets in one piece. */
  answerTimeoutMs?: number;
  /** Times that it is tried again before the call goes on. */
  maxRetries?: number;
}

/** One step of a tenant's own chain: a model at a provider, by every connection there in order, or by one of them. */
export interface TargetRef extends ModelRef, Patience {
  connectionId: string | null;
}

/** What a server of a tenant's own costs: by its tokens, or by the hour that it is busy. */
export type OwnPrice =
  | { kind: "tokens"; inputNanoUsdPerMillion: bigint; outputNanoUsdPerMillion: bigint }
  | { kind: "gpu-hour"; nanoUsdPerHour: bigint };

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
