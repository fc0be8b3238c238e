import type { Tier } from "#lib/gateway/contract/catalog.ts";
import type { Candidate } from "./candidates.ts";

/** What the tiers' rules come to for one function's candidates. */
export interface Ranking {
  /** The best published quality there is for the function. */
  best: number;
  /** What no target of any tier falls below. */
  floor: number;
  /** What the balanced pick does not fall below: halfway from the floor to the best. */
  balancedFloor: number;
  /** First to last; a first pick rests on a figure of its own. */
  chains: Record<Tier, Candidate[]>;
  belowFloor: Candidate[];
}

type Order = (one: Candidate, other: Candidate) => number;

const byQuality: Order = (one, other) =>
  other.quality - one.quality || Number(other.isOwn) - Number(one.isOwn) || compareCost(one, other);
const byCost: Order = (one, other) => compareCost(one, other) || other.quality - one.quality;
const byQualityPerCost: Order = (one, other) => qualityPerCost(other) - qualityPerCost(one) || byQuality(one, other);

/**
 * Performance: the best quality. Economy: the cheapest above the floor. Balanced: of what is at least halfway from the
 * floor to the best, the best quality per cost. Each one's fallbacks follow by the same measure, one of each further
 * provider, so that whoever is down, and whichever accounts the operator has, its best at hand comes next.
 */
export function rank(candidates: readonly Candidate[], qualityFloor: number): Ranking {
  const best = Math.max(0, ...candidates.filter(({ isOwn }) => isOwn).map(({ quality }) => quality));
  const floor = best * qualityFloor;
  const balancedFloor = (best + floor) / 2;
  const above = candidates.filter(({ quality }) => quality >= floor);
  const near = above.filter(({ quality }) => quality >= balancedFloor);
  const further = above.filter(({ quality }) => quality < balancedFloor);
  return {
    best,
    floor,
    balancedFloor,
    chains: {
      performance: chain(above.toSorted(byQuality)),
      balanced: chain([...near.toSorted(byQualityPerCost), ...further.toSorted(byQualityPerCost)]),
      economy: chain(above.toSorted(byCost)),
    },
    belowFloor: candidates.filter(({ quality }) => quality < floor),
  };
}

function chain(ordered: readonly Candidate[]): Candidate[] {
  const first = ordered.find(({ isOwn }) => isOwn);
  if (!first) return [];
  const taken = new Map([[first.provider, first]]);
  for (const candidate of ordered) {
    if (!taken.has(candidate.provider)) taken.set(candidate.provider, candidate);
  }
  return [...taken.values()];
}

/** Vectors of different models cannot be compared: only the very same model may stand in. */
export function keepEqualVectors(targets: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const [first] = targets;
  return first ? [first, ...candidates.filter((one) => one !== first && one.model === first.model)] : [];
}

function compareCost(one: Candidate, other: Candidate): number {
  return Number(one.costNanoUsd - other.costNanoUsd);
}

/** Quality for the typical call's cost; a free model would have it without end. */
function qualityPerCost({ quality, costNanoUsd }: Candidate): number {
  return quality / Number(costNanoUsd);
}
