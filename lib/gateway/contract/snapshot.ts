import type { AiFunction, Mode, Model, ModelRef, Tier } from "./catalog.ts";

/** One account at a provider. Its secret stays behind the provider's port: the engine only knows the id. */
export interface Connection {
  id: string;
  provider: string;
  /** Answers are made up by the demo provider: said wherever they show. */
  isSimulated: boolean;
}

/** A tenant's published configuration, compiled once a version. Frozen: calls in flight keep the one they began with. */
export interface RoutingSnapshot {
  tenantId: string;
  tenantSlug: string;
  routeVersion: number;
  mode: Mode;
  tier: Tier;
  functions: ReadonlyMap<string, AiFunction>;
  /** By `provider/model`. */
  models: ReadonlyMap<string, Model>;
  /** By function slug, then tier. */
  chains: ReadonlyMap<string, Readonly<Record<Tier, readonly ModelRef[]>>>;
  connections: readonly Connection[];
  /** Serves every provider when there is no real connection at all; null otherwise. */
  demoConnection: Connection | null;
}

/** Who calls: what an `sy_` key stands for. */
export interface Principal {
  tenantId: string;
  apiKeyId: string;
  /** What the key is called, for the audit. */
  name: string;
  scopes: readonly string[];
  /** Slugs it may call; empty means every function. */
  functions: readonly string[];
  /** May name `provider/model` instead of a function. */
  canCallModels: boolean;
  /** Epoch milliseconds; null: never. */
  expiresAtMs: number | null;
}
