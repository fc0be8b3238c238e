import type { AiFunction, Mode, Patience, Prefill, Tier } from "../contract/catalog.ts";
import type { Connection, RoutingSnapshot } from "../contract/snapshot.ts";
import type { Hint } from "../contract/wire.ts";
import type { TargetHealth } from "../ports.ts";
import { type Candidate, findCandidates, tierOf } from "./candidates.ts";
import { chooseWay, type RequestFacts } from "./choose-way.ts";
import { modelResidencyReason } from "./residency.ts";
import type { Work } from "./work.ts";

/** One step of a call: an account, the model asked of it, and why it stands where it does. */
export interface PlannedTarget {
  connection: Connection;
  /** Who answers: the connection's provider, which is `demo` for a simulated one. */
  provider: string;
  /** Whose price list the model is on. */
  pricedAs: string;
  model: string;
  via: "native" | "translation";
  /** What of the request does not reach this target, because its translation cannot say it and the answer does not need it. */
  leavesOut: readonly Hint[];
  /** Null where the catalog does not know the model. */
  contextTokens: number | null;
  prefill: Prefill | null;
  /** What the function sets when the caller leaves it out, and the fields that the model is not to be sent. */
  defaults: AiFunction["defaults"];
  refuses: readonly string[];
  /** What its chain says of it; empty: as usual at its provider. */
  patience: Patience;
  reason: string;
}

/** A candidate that this call does not use, and why. */
export interface ExcludedTarget {
  provider: string;
  model: string;
  reason: string;
  /** The request's field that it cannot serve; null when the request is not why. */
  param: string | null;
  /** It is resting: milliseconds until it may be tried again. Null when time will not help. */
  waitMs: number | null;
  cause: "incapable" | "no-account" | "other-vectors" | "residency" | "unopened" | "open" | "cooling";
}

/** Where a call may go, in order. The same object serves the call, its record, the playground and simulations. */
export interface RoutePlan {
  functionSlug: string | null;
  mode: Mode;
  /** Null for a direct call and in the tenant's own modes: no tier chose its model. */
  tier: Tier | null;
  routeVersion: number;
  targets: readonly PlannedTarget[];
  excluded: readonly ExcludedTarget[];
}

/** What is known when the call comes: the request itself, and how each target is. */
export interface PlanFacts extends RequestFacts {
  health(connectionId: string, model: string): TargetHealth;
}

/** Pure: the same snapshot and the same facts give the same plan, with its reasons. */
export function planRoute(snapshot: RoutingSnapshot, work: Work, facts: PlanFacts): RoutePlan {
  const targets: PlannedTarget[] = [];
  const excluded: ExcludedTarget[] = [];
  let vectorsOf: string | null = null;
  for (const candidate of findCandidates(snapshot, work)) {
    if (candidate.connections.length === 0) {
      excluded.push(withoutAccount(snapshot, candidate));
      continue;
    }
    vectorsOf ??= candidate.model;
    if (facts.wire === "openai-embeddings" && candidate.model !== vectorsOf) {
      excluded.push(withOtherVectors(candidate, vectorsOf));
      continue;
    }
    for (const connection of candidate.connections) {
      const planned = planTarget({ snapshot, work, facts }, candidate, connection);
      if ("cause" in planned) excluded.push(planned);
      else targets.push(planned);
    }
  }
  return {
    functionSlug: work.kind === "function" ? work.fn.slug : null,
    mode: snapshot.mode,
    tier: work.kind === "function" && usesTiers(snapshot) ? tierOf(snapshot, work.fn.slug) : null,
    routeVersion: snapshot.routeVersion,
    targets,
    excluded,
  };
}

function usesTiers({ mode }: RoutingSnapshot): boolean {
  return mode === "platform-managed";
}

interface Planning {
  snapshot: RoutingSnapshot;
  work: Work;
  facts: PlanFacts;
}

function planTarget(
  { snapshot, work, facts }: Planning,
  { provider, model, reason, patience }: Candidate,
  connection: Connection,
): PlannedTarget | ExcludedTarget {
  const refused = refusalOf(snapshot, connection, model);
  if (refused !== null) {
    return { provider, model, reason: `${model} ${refused.reason}`, param: null, waitMs: null, cause: refused.cause };
  }
  const known = snapshot.models.get(`${provider}/${model}`) ?? null;
  const way = chooseWay(connection, { modelId: model, known }, facts);
  if (way.kind === "none") {
    return { provider, model, reason: `${model} ${way.reason}`, param: way.param, waitMs: null, cause: "incapable" };
  }
  const { state, waitMs } = facts.health(connection.id, model);
  if (state !== "ready" && waitMs > 0) {
    return { provider, model, reason: `${model} ${restReason(state, waitMs)}`, param: null, waitMs, cause: state };
  }
  return {
    connection,
    provider: connection.provider,
    pricedAs: provider,
    model,
    via: way.kind,
    leavesOut: way.leavesOut,
    contextTokens: known?.contextTokens ?? null,
    prefill: known?.prefill ?? null,
    defaults: work.kind === "function" ? work.fn.defaults : {},
    refuses: known?.refuses ?? [],
    patience,
    reason: state === "open" ? `${reason}, probed after failures` : reason,
  };
}

/** What keeps every call from this model at this account, whatever it asks. */
function refusalOf(
  snapshot: RoutingSnapshot,
  connection: Connection,
  model: string,
): Pick<ExcludedTarget, "reason" | "cause"> | null {
  const outside = modelResidencyReason(snapshot.residency, connection, model);
  if (outside !== null) return { reason: `is left out: ${outside}`, cause: "residency" };
  if (connection.unopened === null) return null;
  // A sentence, and ours goes on: whoever shows the reason ends it.
  const why = connection.unopened.replace(/\.$/, "");
  return { reason: `cannot be called by ${connection.name}: ${why}`, cause: "unopened" };
}

function withoutAccount({ mode }: RoutingSnapshot, { provider, model }: Candidate): ExcludedTarget {
  const reason = {
    "platform-managed": `the platform has no account at ${provider}`,
    "bring-your-own": `you have no connection to ${provider}`,
    "self-hosted": `none of your own servers is ${provider}`,
  }[mode];
  return { provider, model, reason, param: null, waitMs: null, cause: "no-account" };
}

/** Vectors of different models cannot be compared: a fallback to another would quietly spoil the caller's index. */
function withOtherVectors({ provider, model }: Candidate, expected: string): ExcludedTarget {
  const reason = `${model} makes other vectors than ${expected}`;
  return { provider, model, reason, param: null, waitMs: null, cause: "other-vectors" };
}

function restReason(state: "open" | "cooling", waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return state === "open"
    ? `failed too often and is tried again in ${seconds} s`
    : `asked for patience and is tried again in ${seconds} s`;
}
