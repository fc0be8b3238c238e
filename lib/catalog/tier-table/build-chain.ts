import type { AiFunction, ModelRef } from "#lib/gateway/contract/catalog.ts";
import type { Candidate, Unmeasured } from "./candidates.ts";
import { compareCost } from "./rank.ts";

export type Target = Candidate | Unmeasured;

interface Ranked {
  /** All above the floor, the tier's best first. */
  order: readonly Candidate[];
  /** Best first. */
  belowFloor: readonly Candidate[];
  unmeasured: readonly Unmeasured[];
}

/**
 * One tier's chain. A first pick rests on a figure of its own; then comes one target of each further provider, so that
 * whoever is down, and whichever accounts the operator has, its best at hand is next.
 */
export function buildChain({ needs, delivery }: AiFunction, { order, belowFloor, unmeasured }: Ranked): Target[] {
  const first = order.find(({ isOwn }) => isOwn);
  if (!first) return [];
  if (needs.capabilities.includes("embeddings")) {
    const hosts = order.filter(({ model }) => model === first.model);
    // A call stays with one model's vectors: what follows is for operators without an account where that one is had.
    return bestOfEachProvider([first, ...hosts, ...order, ...unmeasured.toSorted(compareCost)]);
  }
  const chain = bestOfEachProvider([first, ...order]);
  return delivery === "live" ? [...new Set([...chain, ...findContinuers(first, order, belowFloor)])] : chain;
}

/**
 * What finishes an answer that broke off before the caller's eyes: the best of each provider that has a model for it,
 * above the floor where there is one at all.
 */
function findContinuers(
  first: Candidate,
  order: readonly Candidate[],
  belowFloor: readonly Candidate[],
): readonly Candidate[] {
  const isContinuer = (one: Candidate) => one.takesPrefill && one !== first;
  const above = order.filter(isContinuer);
  return bestOfEachProvider(above.length > 0 ? above : belowFloor.filter(isContinuer));
}

function bestOfEachProvider<Ref extends ModelRef>(ordered: readonly Ref[]): Ref[] {
  const best = new Map<string, Ref>();
  for (const ref of ordered) if (!best.has(ref.provider)) best.set(ref.provider, ref);
  return [...best.values()];
}
