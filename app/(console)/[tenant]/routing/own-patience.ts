import type { PatienceShown } from "#lib/format/patience.ts";
import type { RoutePlanDto } from "#lib/services/route-versions/plans/schemas.ts";
import type { RouteConfig } from "./edit-config.ts";

type PlannedTarget = Pick<RoutePlanDto["targets"][number], "owner" | "provider" | "model" | "connectionId">;

/** What a function's chain says of a planned target's patience; empty where that is as usual. */
export function ownPatienceOf(config: RouteConfig, slug: string, target: PlannedTarget): PatienceShown {
  // The platform's accounts come by a tier, which says nothing of it.
  if (config.mode === "platform-managed" || target.owner !== "tenant") return {};
  const chain = config.overrides?.[slug] ?? config.chain ?? [];
  const found = chain.find(
    ({ provider, model, connectionId }) =>
      provider === target.provider &&
      model === target.model &&
      (connectionId === null || connectionId === target.connectionId),
  );
  return found ?? {};
}
