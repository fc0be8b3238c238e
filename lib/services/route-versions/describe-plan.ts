import type { Catalog } from "#lib/catalog/index.ts";
import { effectivePatience } from "#lib/gateway/routing/patience.ts";
import type { RoutePlan } from "#lib/gateway/routing/plan.ts";
import { providerName } from "../provider-name.ts";
import { modelName } from "./names.ts";
import type { RoutePlanDto } from "./plans/schemas.ts";

/** A plan as people read it. */
export function describePlan(
  catalog: Catalog,
  plan: RoutePlan,
  { isReasoning }: { isReasoning: boolean },
): Omit<RoutePlanDto, "source" | "wire"> {
  const { functionSlug, mode, tier, routeVersion, targets, excluded } = plan;
  return {
    functionSlug,
    mode,
    tier,
    routeVersion,
    targets: targets.map(({ connection, provider, pricedAs, model, via, reason, patience }, at) => ({
      provider,
      providerName: providerName(provider),
      model,
      modelName: modelName({ catalog }, pricedAs, model),
      connectionId: connection.id,
      connectionName: connection.name,
      owner: connection.owner,
      hosting: connection.hosting,
      host: connection.host,
      regions: [...connection.regions],
      isSimulated: connection.isSimulated,
      via,
      patience: effectivePatience(patience, connection.timeouts, { isReasoning, hasOthers: at < targets.length - 1 }),
      reason,
    })),
    excluded: excluded.map(({ provider, model, reason, cause, param, waitMs }) => ({
      provider,
      providerName: providerName(provider),
      model,
      modelName: modelName({ catalog }, provider, model),
      reason,
      cause,
      param,
      waitMs: waitMs === null ? null : Math.ceil(waitMs),
    })),
  };
}
