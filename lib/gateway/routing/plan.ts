import type { AiFunction, Mode, ModelRef, Tier } from "../contract/catalog.ts";
import type { Connection, RoutingSnapshot } from "../contract/snapshot.ts";
import type { RequestNeed } from "../wires/openai-chat.ts";
import type { Work } from "./resolve-work.ts";

/** One step of a call: an account, the model asked of it, and why it stands where it does. */
export interface PlannedTarget {
  connection: Connection;
  /** Who answers: the connection's provider, which is `demo` for a simulated one. */
  provider: string;
  /** Whose price list the model is on. */
  pricedAs: string;
  model: string;
  /** What the function sets when the caller leaves it out, and the fields that the model is not to be sent. */
  defaults: AiFunction["defaults"];
  refuses: readonly string[];
  reason: string;
}

/** A candidate that this call does not use, and why. `param` names the request's field that it cannot serve. */
export interface ExcludedTarget {
  provider: string;
  model: string;
  reason: string;
  param: string | null;
}

/** Where a call may go, in order. The same object serves the call, its record, the playground and simulations. */
export interface RoutePlan {
  functionSlug: string | null;
  mode: Mode;
  /** Null for a direct call: no tier chose its model. */
  tier: Tier | null;
  routeVersion: number;
  targets: readonly PlannedTarget[];
  excluded: readonly ExcludedTarget[];
}

/** Pure: the same snapshot and the same facts give the same plan, with its reasons. */
export function planRoute(snapshot: RoutingSnapshot, work: Work, needs: readonly RequestNeed[]): RoutePlan {
  const targets: PlannedTarget[] = [];
  const excluded: ExcludedTarget[] = [];
  for (const candidate of candidatesFor(snapshot, work)) {
    const { provider, model } = candidate;
    const unmet = needs.find((need) => lacks(snapshot, candidate, need));
    const connection = findConnection(snapshot, provider);
    if (unmet !== undefined) {
      const reason = `${model} does not take ${unmet.capability === "vision" ? "images" : unmet.capability}`;
      excluded.push({ provider, model, reason, param: unmet.param });
    } else if (connection === null) {
      excluded.push({ provider, model, reason: `the platform has no account at ${provider}`, param: null });
    } else {
      targets.push({
        connection,
        provider: connection.provider,
        pricedAs: provider,
        model,
        ...sendingRules(snapshot, work, candidate),
        reason: candidate.reason,
      });
    }
  }
  return {
    functionSlug: work.kind === "function" ? work.fn.slug : null,
    mode: snapshot.mode,
    tier: work.kind === "function" ? snapshot.tier : null,
    routeVersion: snapshot.routeVersion,
    targets,
    excluded,
  };
}

interface Candidate extends ModelRef {
  reason: string;
}

function candidatesFor(snapshot: RoutingSnapshot, work: Work): Candidate[] {
  if (work.kind === "model") return [{ provider: work.provider, model: work.model, reason: "named by the caller" }];
  const chain = snapshot.chains.get(work.fn.slug)?.[snapshot.tier] ?? [];
  return chain.map((ref, at) => ({
    ...ref,
    reason: `${at === 0 ? "first choice" : `fallback ${at}`} of ${work.fn.slug} in the ${snapshot.tier} tier`,
  }));
}

function sendingRules(snapshot: RoutingSnapshot, work: Work, { provider, model }: ModelRef) {
  return {
    defaults: work.kind === "function" ? work.fn.defaults : {},
    refuses: snapshot.models.get(`${provider}/${model}`)?.refuses ?? [],
  };
}

/** A model that the catalog does not know is taken at the caller's word: its provider will say what it cannot do. */
function lacks(snapshot: RoutingSnapshot, { provider, model }: ModelRef, need: RequestNeed): boolean {
  const known = snapshot.models.get(`${provider}/${model}`);
  return known !== undefined && !known.capabilities.includes(need.capability);
}

function findConnection(snapshot: RoutingSnapshot, provider: string): Connection | null {
  return snapshot.connections.find((connection) => connection.provider === provider) ?? snapshot.demoConnection;
}
