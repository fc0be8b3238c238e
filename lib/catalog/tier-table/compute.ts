import { type AiFunction, type ModelRef, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import type { FunctionProfile } from "../function-profiles.ts";
import { buildChain } from "./build-chain.ts";
import { type Exclusions, exclude, findCandidates, keyOf, type Market } from "./candidates.ts";
import { explainBelowFloor, explainChain, explainMeasure } from "./explain.ts";
import { findPinFaults, type TierPin } from "./pins.ts";
import { rank } from "./rank.ts";

/** Which models serve a function at each tier, first to last. */
export type TierChains = Readonly<Record<Tier, readonly ModelRef[]>>;

/** Models that a cell does without, and why, in a sentence. */
export interface Excluded {
  reason: string;
  models: readonly string[];
}

/** Why a function's chains are what they are, in sentences for people. */
export interface TierExplanation {
  /** What quality is the mean of, and its source. */
  measuredBy: string;
  tiers: Readonly<Record<Tier, CellExplanation>>;
  /** Not in any tier's chain. */
  excluded: readonly Excluded[];
}

export interface CellExplanation {
  isPinned: boolean;
  /** One a target, in the chain's order. */
  targets: readonly string[];
  /** They would do too, but are behind another model of their provider in this tier. */
  behind: readonly string[];
}

export interface TierTable {
  /** By function slug. */
  chains: Readonly<Record<string, TierChains>>;
  explanations: Readonly<Record<string, TierExplanation>>;
}

export interface TierTableInput extends Market {
  functions: readonly AiFunction[];
  /** By function slug. */
  profiles: Readonly<Record<string, FunctionProfile>>;
  pins: readonly TierPin[];
}

/**
 * Picks every function's chain for every tier from what is published, and says why. Pure: the same catalog, prices and
 * moment give the same table. Throws when a function has no profile or the operator's pins do not hold.
 */
export function computeTierTable(input: TierTableInput): TierTable {
  const faults = findPinFaults(input.pins, input);
  if (faults.length > 0) throw new Error(`The pins do not hold:\n${faults.join("\n")}`);
  const rows = input.functions.map((entry) => [entry.slug, computeRow(input, entry)] as const);
  return {
    chains: Object.fromEntries(rows.map(([slug, { chains }]) => [slug, chains])),
    explanations: Object.fromEntries(rows.map(([slug, { explanation }]) => [slug, explanation])),
  };
}

function computeRow(input: TierTableInput, entry: AiFunction): { chains: TierChains; explanation: TierExplanation } {
  const profile = input.profiles[entry.slug];
  if (!profile) throw new Error(`${entry.slug} has no profile.`);
  const { candidates, unmeasured, exclusions } = findCandidates(input, entry, profile);
  const ranking = rank(candidates, profile.qualityFloor);
  const { orders, belowFloor, floor } = ranking;
  const targets = perTier((tier) => buildChain(entry, { order: orders[tier], belowFloor, unmeasured }));
  const pinOf = (tier: Tier) => input.pins.find((pin) => pin.function === entry.slug && pin.tier === tier);
  for (const candidate of belowFloor) {
    if (TIERS.some((tier) => targets[tier].includes(candidate))) continue;
    exclude(exclusions, `Below the floor of ${floor.toFixed(1)}.`, explainBelowFloor(candidate));
  }
  const passed = [...candidates.filter((candidate) => !belowFloor.includes(candidate)), ...unmeasured];
  return {
    chains: perTier((tier) => pinOf(tier)?.chain ?? targets[tier].map(({ provider, model }) => ({ provider, model }))),
    explanation: {
      measuredBy: explainMeasure(profile.judgedBy),
      tiers: perTier((tier) => {
        const pin = pinOf(tier);
        if (pin) return { isPinned: true, targets: pin.chain.map(() => "Pinned by the operator."), behind: [] };
        return {
          isPinned: false,
          targets: explainChain(entry, tier, targets, ranking),
          behind: passed
            .filter((one) => !targets[tier].includes(one))
            .map(({ provider, model }) => keyOf(provider, model)),
        };
      }),
      excluded: listExclusions(exclusions),
    },
  };
}

function listExclusions(exclusions: Exclusions): Excluded[] {
  return [...exclusions].map(([reason, models]) => ({ reason, models }));
}

function perTier<Value>(make: (tier: Tier) => Value): Record<Tier, Value> {
  return Object.fromEntries(TIERS.map((tier) => [tier, make(tier)])) as Record<Tier, Value>;
}
