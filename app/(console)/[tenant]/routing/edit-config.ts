import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";

export type RouteConfig = RouteDraftDto["config"];
export type TargetRef = NonNullable<RouteConfig["chain"]>[number];
export type Tier = RouteConfig["tier"];

/** The chain with one target at another place; the same where there is no such place. */
export function moveTarget(chain: readonly TargetRef[], from: number, to: number): TargetRef[] {
  const moved = chain[from];
  if (moved === undefined || to < 0 || to >= chain.length) return [...chain];
  const others = chain.filter((_, at) => at !== from);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** Null takes the function's own chain away, so that the default chain serves it. */
export function withOverride(config: RouteConfig, slug: string, chain: readonly TargetRef[] | null): RouteConfig {
  return { ...config, overrides: withEntry(config.overrides, slug, chain === null ? null : [...chain]) };
}

/** Null takes the function's own tier away, so that the tier of all functions picks its models. */
export function withFunctionTier(config: RouteConfig, slug: string, tier: Tier | null): RouteConfig {
  return { ...config, functionTiers: withEntry(config.functionTiers, slug, tier) };
}

/** The tier that picks a function's models. */
export function tierOf(config: RouteConfig, slug: string): Tier {
  return config.functionTiers?.[slug] ?? config.tier;
}

function withEntry<Value>(
  entries: Readonly<Record<string, Value>> | undefined,
  key: string,
  value: Value | null,
): Record<string, Value> {
  const { [key]: _, ...others } = entries ?? {};
  return value === null ? others : { ...others, [key]: value };
}
