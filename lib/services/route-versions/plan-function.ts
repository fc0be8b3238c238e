import type { AiFunction } from "#lib/gateway/contract/catalog.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { TargetHealth } from "#lib/gateway/ports.ts";
import { planRoute, type RoutePlan } from "#lib/gateway/routing/plan.ts";

const WELL: TargetHealth = { state: "ready", waitMs: 0 };

/** Where a call of this function that asks for no more than what the function needs would go, were every target well. */
export function planFunction(snapshot: RoutingSnapshot, fn: AiFunction): RoutePlan {
  const needs = fn.needs.capabilities.map((feature) => ({ feature, param: feature }));
  const wire = makesEmbeddings(fn) ? "openai-embeddings" : "openai-chat";
  const plan = planRoute(snapshot, { kind: "function", fn }, { wire, needs, hints: [], health: () => WELL });
  if (makesEmbeddings(fn)) return plan;
  const targets = plan.targets.filter(({ pricedAs, model }) => !isEmbeddingModel(snapshot, `${pricedAs}/${model}`));
  return { ...plan, targets };
}

/** Why the function has no route, for the end of a sentence. Only for a plan without targets. */
export function noRouteReason({ excluded }: RoutePlan): string {
  return excluded[0]?.reason ?? "no target is configured for it";
}

export function makesEmbeddings({ needs }: AiFunction): boolean {
  return needs.capabilities.includes("embeddings");
}

function isEmbeddingModel({ models }: RoutingSnapshot, key: string): boolean {
  return models.get(key)?.capabilities.includes("embeddings") === true;
}
