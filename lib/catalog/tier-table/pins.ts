import { type AiFunction, type Model, type ModelRef, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import { keyOf } from "./candidates.ts";
import { targetProblem } from "./target-problem.ts";

/** A cell of the tier table that the operator fills. */
export interface TierPin {
  function: string;
  tier: Tier;
  chain: readonly ModelRef[];
}

/** The table with the operator's cells in place of its own. */
export function pinChains<Chains extends Readonly<Record<Tier, readonly ModelRef[]>>>(
  chains: Readonly<Record<string, Chains>>,
  pins: readonly TierPin[],
): Readonly<Record<string, Chains>> {
  const pinned = { ...chains };
  for (const { function: slug, tier, chain } of pins) {
    const row = pinned[slug];
    if (row) pinned[slug] = { ...row, [tier]: chain };
  }
  return pinned;
}

interface Known {
  functions: readonly AiFunction[];
  models: readonly Model[];
  retirements: Readonly<Record<string, string>>;
}

/**
 * What is wrong with the operator's pins, in sentences. A pin may be as short as the operator likes and needs no published
 * figure, but every model in it must be able to serve the function. Models of a provider that the catalog lists nothing
 * of (a server of one's own) are taken at the operator's word.
 */
export function findPinFaults(pins: readonly TierPin[], known: Known): string[] {
  const seen = new Set<string>();
  return pins.flatMap((pin) => {
    const where = `The pin of ${pin.function}, ${pin.tier}`;
    const entry = known.functions.find(({ slug }) => slug === pin.function);
    if (!entry) return [`${where}: there is no such function.`];
    if (!TIERS.includes(pin.tier)) return [`${where}: there is no such tier.`];
    const cell = `${pin.function}/${pin.tier}`;
    if (seen.has(cell)) return [`${where}: there are two of it.`];
    seen.add(cell);
    return findChainFaults(entry, pin.chain, known).map((fault) => `${where}: ${fault}.`);
  });
}

function findChainFaults(entry: AiFunction, chain: readonly ModelRef[], { models, retirements }: Known): string[] {
  if (chain.length === 0) return ["it names no model"];
  const keys = chain.map(({ provider, model }) => keyOf(provider, model));
  const faults = keys.flatMap((key, at) => (keys.indexOf(key) < at ? [`${key} is named twice`] : []));
  for (const { provider, model } of chain) {
    if (!models.some((one) => one.provider === provider)) continue;
    const found = models.find((one) => one.provider === provider && one.id === model);
    const problem = targetProblem(entry, found, retirements[keyOf(provider, model)]);
    if (problem) faults.push(`${keyOf(provider, model)} ${problem}`);
  }
  return faults;
}
