import type { AiFunction, Mode, Model, ModelRef, Tier } from "./catalog.ts";
import type { Translation, WireId } from "./wire.ts";

/** One account at a provider. Its secret stays behind the provider's port: the engine only knows the id. */
export interface Connection {
  id: string;
  provider: string;
  /** Answers are made up by the demo provider: said wherever they show. */
  isSimulated: boolean;
  /** Wires that its provider speaks: over these a request passes through as it came. */
  wires: readonly WireId[];
  /** What reaches it from other wires; null: nothing does. */
  translation: Translation | null;
  timeouts: Timeouts;
}

/** How long silence may last, in milliseconds. Longer for servers of the tenant's own than for clouds. */
export interface Timeouts {
  /** To the first content of a stream, or to the whole of an answer that is no stream. */
  firstTokenMs: number;
  /** Between two pieces of a stream that has begun. */
  idleMs: number;
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
  /** Most milliseconds that a call may take, retries and fallbacks included. */
  deadlineMs: number;
  /** Whether another target may be asked what a content filter refused. */
  canRetryFiltered: boolean;
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
