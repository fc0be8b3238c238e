import type { AiFunction, Mode, Model, ModelRef, OwnPrice, TargetRef, Tier } from "./catalog.ts";
import type { Translation, WireId } from "./wire.ts";

/** One account at a provider. Its secret stays behind the provider's port: the engine only knows the id. */
export interface Connection {
  id: string;
  provider: string;
  /** What people call it. */
  name: string;
  /** `platform`: the operator's account. */
  owner: "platform" | "tenant";
  /** `self-hosted`: a server of the tenant's own. */
  hosting: "cloud" | "self-hosted";
  /** Where it runs, in the provider's own names; empty: not known. */
  regions: readonly string[];
  /** The host that its requests go to, in lower case. */
  host: string;
  /** Models that it is known to have besides the catalog's: discovered from it, or deployed by name. */
  models: readonly string[];
  /** Null where its models cost what the catalog says. */
  ownPrice: OwnPrice | null;
  /** Why its key cannot be opened, for people; null: it can. */
  unopened: string | null;
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
  /** Functions that have a tier of their own, by slug. */
  functionTiers: ReadonlyMap<string, Tier>;
  /** The tenant's own chains: of one function by its slug, and of every other. */
  ownChains: { overrides: ReadonlyMap<string, readonly TargetRef[]>; fallback: readonly TargetRef[] };
  /** Whether the platform's accounts come last where the tenant's own fail. */
  hasPlatformFallback: boolean;
  /** Where calls may go; null: anywhere. */
  residency: Residency | null;
  functions: ReadonlyMap<string, AiFunction>;
  /** By `provider/model`. */
  models: ReadonlyMap<string, Model>;
  /** By function slug, then tier. */
  chains: ReadonlyMap<string, Readonly<Record<Tier, readonly ModelRef[]>>>;
  /** The tenant's own in the order of their priority, and the operator's. */
  connections: readonly Connection[];
  /** Serves every provider when there is no real connection at all; null otherwise. */
  demoConnection: Connection | null;
  /** Most milliseconds that a call may take, retries and fallbacks included. */
  deadlineMs: number;
  /** Whether another target may be asked what a content filter refused. */
  canRetryFiltered: boolean;
}

/** A destination is inside if its host is listed, or if its regions are known and each of them is. */
export interface Residency {
  regions: readonly string[];
  hosts: readonly string[];
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
