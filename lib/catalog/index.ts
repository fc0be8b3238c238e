import { type AiFunction, type Model, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import { FUNCTIONS } from "./functions.ts";
import { MODELS } from "./models.ts";
import { RETIREMENTS } from "./retirements.ts";
import type { TierChains } from "./tier-table/compute.ts";
import { findPinFaults, pinChains, type TierPin } from "./tier-table/pins.ts";
import { targetProblem } from "./tier-table/target-problem.ts";
import { TIER_TABLE } from "./tier-table.generated.ts";

export interface CatalogData {
  functions: readonly AiFunction[];
  models: readonly Model[];
  chains: Readonly<Record<string, TierChains>>;
  /** Cells that the operator fills. */
  pins?: readonly TierPin[];
}

/** What a routing snapshot takes over as it stands. */
export interface Catalog {
  functions: ReadonlyMap<string, AiFunction>;
  /** By `provider/model`. */
  models: ReadonlyMap<string, Model>;
  /** By function slug, then tier. */
  chains: ReadonlyMap<string, TierChains>;
}

const MIN_TARGETS = 3;
const MIN_PROVIDERS = 2;
const BUILT_IN: CatalogData = { functions: FUNCTIONS, models: MODELS, chains: TIER_TABLE.chains };

/**
 * Indexes the catalog: the built-in one where nothing else is given, with the operator's pins. Throws with every fault
 * found: a function without chains, a chain or a pin that cannot serve it.
 */
export function compileCatalog(given: Partial<CatalogData> = {}): Catalog {
  const data = { ...BUILT_IN, ...given };
  const { functions, models, chains, pins = [] } = data;
  const catalog: Catalog = {
    functions: new Map(functions.map((entry) => [entry.slug, entry])),
    models: new Map(models.map((entry) => [`${entry.provider}/${entry.id}`, entry])),
    chains: new Map(Object.entries(pinChains(chains, pins))),
  };
  const faults = [...duplicates(data, catalog), ...unknownFunctions(catalog)];
  faults.push(...findPinFaults(pins, { functions, models, retirements: RETIREMENTS }));
  for (const entry of functions) {
    for (const tier of TIERS) {
      const isPinned = pins.some((pin) => pin.function === entry.slug && pin.tier === tier);
      if (!isPinned) faults.push(...chainFaults(entry, tier, catalog));
    }
  }
  if (faults.length > 0) throw new Error(`The catalog does not hold together:\n${faults.join("\n")}`);
  return catalog;
}

function duplicates(data: CatalogData, catalog: Catalog): string[] {
  const faults: string[] = [];
  if (catalog.functions.size < data.functions.length) faults.push("Two functions share a slug.");
  if (catalog.models.size < data.models.length) faults.push("Two models share a provider and an id.");
  return faults;
}

function unknownFunctions({ chains, functions }: Catalog): string[] {
  return [...chains.keys()]
    .filter((slug) => !functions.has(slug))
    .map((slug) => `${slug} has chains but is no function.`);
}

function chainFaults(entry: AiFunction, tier: Tier, { chains, models }: Catalog): string[] {
  const chain = chains.get(entry.slug)?.[tier] ?? [];
  const where = `${entry.slug}, ${tier}`;
  const faults = chain.flatMap((target) => {
    const key = `${target.provider}/${target.model}`;
    const problem = targetProblem(entry, models.get(key), RETIREMENTS[key]);
    return problem ? [`${where}: ${key} ${problem}.`] : [];
  });
  if (new Set(chain.map((target) => `${target.provider}/${target.model}`)).size < MIN_TARGETS) {
    faults.push(`${where}: fewer than ${MIN_TARGETS} targets.`);
  }
  if (new Set(chain.map((target) => target.provider)).size < MIN_PROVIDERS) {
    faults.push(`${where}: fewer than ${MIN_PROVIDERS} providers.`);
  }
  const canFinish = chain.slice(1).some(({ provider, model }) => models.get(`${provider}/${model}`)?.prefill);
  if (entry.delivery === "live" && !canFinish) faults.push(`${where}: no fallback finishes an answer that breaks off.`);
  return faults;
}
