import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { RouteConfig } from "./config.ts";

/** What of a snapshot a route version says. The rest comes from the instance and from the tenant's connections. */
type Routing = Pick<
  RoutingSnapshot,
  "mode" | "tier" | "functionTiers" | "ownChains" | "hasPlatformFallback" | "residency" | "canRetryFiltered"
>;

export function toRouting(config: RouteConfig): Routing {
  return {
    mode: config.mode,
    tier: config.tier,
    functionTiers: new Map(Object.entries(config.functionTiers ?? {})),
    ownChains: { overrides: new Map(Object.entries(config.overrides ?? {})), fallback: config.chain ?? [] },
    hasPlatformFallback: config.hasPlatformFallback ?? false,
    residency: config.residency ?? null,
    canRetryFiltered: config.canRetryFiltered ?? false,
  };
}
