import type { Tier } from "#lib/gateway/contract/catalog.ts";
import type { Candidate } from "./candidates.ts";

/** What the tiers' rules come to for one function's candidates. */
export interface Ranking {
  /** The best published quality there is for the function. */
  best: number;
  /** What no target falls below but those that only finish what others began. */
  floor: number;
  /** What the balanced pick does not fall below: halfway from the floor to the best. */
  balancedFloor: number;
  /** All above the floor, each tier's best first. */
  orders: Record<Tier, Candidate[]>;
  /** Best first. */
  belowFloor: Candidate[];
}

type Order = (one: Candidate, other: Candidate) => number;

const byQuality: Order = (one, other) =>
  other.quality - one.quality || Number(other.isOwn) - Number(one.isOwn) || compareCost(one, other);
const byCost: Order = (one, other) => compareCost(one, other) || other.quality - one.quality;
const byQualityPerCost: Order = (one, other) => qualityPerCost(other) - qualityPerCost(one) || byQuality(one, other);

/**
 * Performance: the best quality. Economy: the cheapest above the floor. Balanced: of what is at least halfway from the
 * floor to the best, the best quality per cost. What follows does so by the same measure.
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
    orders: {
      performance: above.toSorted(byQuality),
      balanced: [...near.toSorted(byQualityPerCost), ...further.toSorted(byQualityPerCost)],
      economy: above.toSorted(byCost),
    },
    belowFloor: candidates.filter(({ quality }) => quality < floor).toSorted(byQuality),
  };
}

export function compareCost(one: Pick<Candidate, "costNanoUsd">, other: Pick<Candidate, "costNanoUsd">): number {
  return Number(one.costNanoUsd - other.costNanoUsd);
}

/** Quality for the typical call's cost; a free model would have it without end. */
function qualityPerCost({ quality, costNanoUsd }: Candidate): number {
  return quality / Number(costNanoUsd);
}
