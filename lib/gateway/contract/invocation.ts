import type { FailureKind } from "../failures.ts";
import type { Delivery, Mode, OwnPrice, Tier } from "./catalog.ts";
import type { Usage } from "./usage.ts";
import type { WireId } from "./wire.ts";

export type CallStatus = "succeeded" | "failed" | "aborted";

/** One call by an internal feature, as the ledger keeps it. Times are milliseconds, costs nano-dollars. */
export interface InvocationRecord {
  id: string;
  tenantId: string;
  /** Epoch milliseconds of the call's arrival. */
  createdAtMs: number;
  requestId: string;
  apiKeyId: string;
  functionSlug: string | null;
  mode: Mode;
  tier: Tier | null;
  routeVersion: number;
  wire: WireId;
  isStream: boolean;
  delivery: Delivery;
  status: CallStatus;
  httpStatus: number;
  /** What the caller was told: a contract's error code; null when it succeeded. */
  failureKind: string | null;
  provider: string | null;
  model: string | null;
  isSimulated: boolean;
  usage: Usage | null;
  /** Null when no attempt could be priced. */
  costNanoUsd: bigint | null;
  latencyMs: number;
  firstTokenMs: number | null;
  /** Time spent in the gateway itself, not waiting for a provider. */
  overheadUs: number;
  metadata: Record<string, string> | null;
  /** The caller's W3C `traceparent` as it came, well formed or not; null: there was none. */
  traceparent: string | null;
  attempts: AttemptRecord[];
  /** What the tenant's residency kept the call from. */
  rejected: readonly RejectedTarget[];
}

/** A target that a call could not go to, and why, for people. */
export interface RejectedTarget {
  provider: string;
  model: string;
  reason: string;
}

/** One try of one target. */
export interface AttemptRecord {
  number: number;
  provider: string;
  /** Whose price list the model is on; the provider itself unless the answer is simulated. */
  pricedAs: string;
  /** What the connection costs instead; null: what the price list says. */
  ownPrice: OwnPrice | null;
  model: string;
  connectionId: string;
  /** The host that it went to, in lower case. */
  host: string;
  /** Why the plan has this target where it stands. */
  reason: string;
  isSimulated: boolean;
  status: CallStatus;
  failureKind: FailureKind | null;
  httpStatus: number | null;
  message: string | null;
  /** After the call's arrival. */
  startedMs: number;
  latencyMs: number;
  firstTokenMs: number | null;
  usage: Usage | null;
  /** The provider never said what it charges: tokens are counted from what it was sent and what came of it. */
  isUsageEstimated: boolean;
  costNanoUsd: bigint | null;
  providerRequestId: string | null;
}
