import { type AiFunction, type Model, type ModelRef, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import { FUNCTIONS } from "./functions.ts";
import { MODELS } from "./models.ts";
import { RETIREMENTS } from "./retirements.ts";
import { TIER_CHAINS } from "./tiers.ts";

export interface CatalogData {
  functions: readonly AiFunction[];
  models: readonly Model[];
  chains: Readonly<Record<string, Readonly<Record<Tier, readonly ModelRef[]>>>>;
}

/** What a routing snapshot takes over as it stands. */
export interface Catalog {
  functions: ReadonlyMap<string, AiFunction>;
  /** By `provider/model`. */
  models: ReadonlyMap<string, Model>;
  /** By function slug, then tier. */
  chains: ReadonlyMap<string, Readonly<Record<Tier, readonly ModelRef[]>>>;
}

const MIN_TARGETS = 3;
const MIN_PROVIDERS = 2;
const BUILT_IN: CatalogData = { functions: FUNCTIONS, models: MODELS, chains: TIER_CHAINS };

/** Indexes the catalog. Throws with every fault found: a function without chains, a chain that cannot serve it. */
export function compileCatalog(data: CatalogData = BUILT_IN): Catalog {
  const catalog: Catalog = {
    functions: new Map(data.functions.map((entry) => [entry.slug, entry])),
    models: new Map(data.models.map((entry) => [`${entry.provider}/${entry.id}`, entry])),
    chains: new Map(Object.entries(data.chains)),
  };
  const faults = [...duplicates(data, catalog), ...unknownFunctions(catalog)];
  for (const entry of data.functions) {
    for (const tier of TIERS) faults.push(...chainFaults(entry, tier, catalog));
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
  return faults;
}

function targetProblem({ needs }: AiFunction, model: Model | undefined, retiresOn: string | undefined): string | null {
  if (!model) return "is not in the catalog";
  if (retiresOn) return `is shut down on ${retiresOn}`;
  if (model.contextTokens < needs.contextTokens) return `takes only ${model.contextTokens} tokens`;
  const missing = needs.capabilities.filter((capability) => !model.capabilities.includes(capability));
  return missing.length > 0 ? `lacks ${missing.join(" and ")}` : null;
}
