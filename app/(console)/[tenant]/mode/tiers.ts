import type { ModeDto } from "#lib/services/mode/schemas.ts";

export type Tier = ModeDto["tier"];
export type FunctionRow = ModeDto["functions"][number];
export type Target = FunctionRow["chains"][Tier][number];

/** What each tier means, in a person's words. */
export const TIER_TEXTS: Readonly<Record<Tier, { title: string; description: string }>> = {
  performance: {
    title: "Performance",
    description: "The strongest model for each function. For work where a wrong answer costs more than the call.",
  },
  balanced: {
    title: "Balanced",
    description: "The best quality for its price. For most features, most of the time.",
  },
  economy: {
    title: "Economy",
    description: "The cheapest model that can do the function. For high volumes and simple work.",
  },
};

/** The tier that picks a function's models while `tier` is that of all functions. */
export function tierOf({ functionTiers }: Pick<ModeDto, "functionTiers">, slug: string, tier: Tier): Tier {
  return functionTiers[slug] ?? tier;
}

/** The target that a call goes to first: the first one of the chain that can be used now. */
export function firstPick(row: FunctionRow, tier: Tier): Target | null {
  return row.chains[tier].find((target) => target.isUsable) ?? null;
}

/** Whether two picks are one and the same model. */
export function isSameTarget(a: Target | null, b: Target | null): boolean {
  return a?.provider === b?.provider && a?.model === b?.model;
}
