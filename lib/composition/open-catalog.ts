import { type Catalog, compileCatalog } from "#lib/catalog/index.ts";
import { EnvironmentError, type TierPins } from "#lib/env/read-env.ts";
import type { Tier } from "#lib/gateway/contract/catalog.ts";

/** The catalog with the operator's cells in place of its own. Throws `EnvironmentError` for what a pin cannot be. */
export function openCatalog(tierPins: TierPins): Catalog {
  const pins = Object.entries(tierPins).flatMap(([slug, tiers]) =>
    Object.entries(tiers).map(([tier, targets]) => ({ function: slug, tier: tier as Tier, chain: targets.map(toRef) })),
  );
  if (pins.length === 0) return compileCatalog();
  try {
    return compileCatalog({ pins });
  } catch (error) {
    throw new EnvironmentError([`SWITCHYARD_TIER_PINS cannot be used. ${(error as Error).message}`]);
  }
}

/** `provider/model`; models of some providers bear a slash of their own. */
function toRef(target: string) {
  const slash = target.indexOf("/");
  return { provider: target.slice(0, slash), model: target.slice(slash + 1) };
}
