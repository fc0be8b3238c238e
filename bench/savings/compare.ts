import { FUNCTION_PROFILES, type FunctionProfile } from "#lib/catalog/function-profiles.ts";
import { openMarket } from "#lib/catalog/tier-table/built-in.ts";
import { meanQuality, typicalCost } from "#lib/catalog/tier-table/candidates.ts";
import { TIER_TABLE } from "#lib/catalog/tier-table.generated.ts";
import { costNanoUsd } from "#lib/gateway/accounting/cost.ts";
import { type ModelRef, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";

const MARKET = openMarket(costNanoUsd);

export type Tokens = FunctionProfile["tokens"];

export interface PickLine {
  slug: string;
  share: number;
  pick: ModelRef;
  /** Both 0 to 100. */
  quality: number;
  baselineQuality: number;
  /** Nano-dollars a typical call. */
  cost: number;
  baselineCost: number;
}

export interface TierResult {
  tier: Tier;
  lines: PickLine[];
  /** 0.6: the mix costs 60 % less than with the baseline for everything. */
  saving: number;
}

/** What the mix costs at each tier, against one model for everything; `tokens` stands in for the functions' own. */
export function compareWith(
  baseline: ModelRef,
  shares: Readonly<Record<string, number>>,
  tokens: Tokens | null = null,
): TierResult[] {
  return TIERS.map((tier) => {
    const lines = Object.entries(shares).map(([slug, share]): PickLine => {
      const profile = FUNCTION_PROFILES[slug];
      const pick = TIER_TABLE.chains[slug]?.[tier][0];
      if (!profile || !pick) throw new Error(`The tier table has no ${tier} pick for ${slug}.`);
      const picked = assess(pick, profile, tokens);
      const against = assess(baseline, profile, tokens);
      return { slug, share, pick, ...picked, baselineQuality: against.quality, baselineCost: against.cost };
    });
    const sum = (of: (line: PickLine) => number) => lines.reduce((total, line) => total + line.share * of(line), 0);
    return { tier, lines, saving: 1 - sum(({ cost }) => cost) / sum(({ baselineCost }) => baselineCost) };
  });
}

function assess({ provider, model }: ModelRef, profile: FunctionProfile, tokens: Tokens | null) {
  const measured = MARKET.quality[`${provider}/${model}`];
  const quality = measured && meanQuality(profile.judgedBy, measured);
  const cost = measured && typicalCost(MARKET, tokens ?? profile.tokens, measured, { provider, id: model });
  if (typeof quality !== "number" || typeof cost !== "bigint") throw new Error(`${provider}/${model} has no figures.`);
  return { quality, cost: Number(cost) };
}
