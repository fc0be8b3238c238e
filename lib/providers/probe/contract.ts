import type { EgressRule } from "#lib/egress/rule.ts";
import type { FailureKind } from "#lib/gateway/failures.ts";
import type { ProviderAccount } from "../account.ts";

/** What is tried of an account, in this order. */
export const PROBE_STEPS = ["address", "tls", "sign-in", "models", "completion", "stream"] as const;
export type ProbeStepId = (typeof PROBE_STEPS)[number];

/** `skipped`: an earlier step failed, or there is nothing to try. */
export const PROBE_STATUSES = ["passed", "failed", "skipped"] as const;

export interface ProbeStep {
  step: ProbeStepId;
  status: (typeof PROBE_STATUSES)[number];
  /** Milliseconds that it took; null: it was not tried by itself. */
  ms: number | null;
  /** A sentence for people; of a failure it holds the mend. Never a key, nor a provider's text as it came. */
  message: string;
}

/** A model that a server says it has. */
export interface ListedModel {
  id: string;
  /** Null where the server does not say. */
  contextTokens: number | null;
}

/** An account, saved or not, and where it may be asked for whom. */
export interface ProbeTarget {
  account: ProviderAccount;
  rule: EgressRule;
  tenantId: string;
  /** The connection that it is saved as; null: it is not saved yet. */
  connectionId: string | null;
  /** Where it runs, for the record of what was reached. */
  regions: readonly string[];
}

/** The model to try; where none is named, the first of the candidates that the server has. */
export interface WantedModel {
  named: string | null;
  candidates: readonly string[];
}

export interface ProbeReport {
  steps: ProbeStep[];
  /** The model that was tried; null: it did not come to that. */
  model: string | null;
  /** Null where the server does not say. */
  models: ListedModel[] | null;
}

export type ModelListing = { models: ListedModel[]; problem: null } | { models: null; problem: string };

/** Whether a server is there. `models` is null where it does not list them; `problem` holds none of its own words. */
export type HealthAnswer =
  | { isUp: true; latencyMs: number; models: ListedModel[] | null }
  | { isUp: false; latencyMs: number; kind: FailureKind; problem: string };

/** Asks an account what it can do. Bounded in time and bytes; what goes wrong is an answer, never an exception. */
export interface AccountProbe {
  test(target: ProbeTarget, wanted: WantedModel): Promise<ProbeReport>;
  listModels(target: ProbeTarget): Promise<ModelListing>;
  /** One short question. Null: the signal called it off. */
  checkHealth(target: ProbeTarget, signal: AbortSignal): Promise<HealthAnswer | null>;
}
