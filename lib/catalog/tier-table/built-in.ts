import { FUNCTION_PROFILES } from "../function-profiles.ts";
import { FUNCTIONS } from "../functions.ts";
import { MODELS } from "../models.ts";
import { findPrice } from "../prices.ts";
import { QUALITY } from "../quality.ts";
import { RETIREMENTS } from "../retirements.ts";
import type { Market } from "./candidates.ts";
import { computeTierTable, type TierTable } from "./compute.ts";
import type { TierPin } from "./pins.ts";

/** The day whose prices the committed table is computed with: move it on, and run `npm run tiers`. */
const PRICED_ON = "2026-11-23";

/** Everything that is published of the catalog's models on that day. */
export function openMarket(costOf: Market["costOf"]): Market {
  return {
    models: MODELS,
    prices: { find: findPrice },
    costOf,
    quality: QUALITY,
    retirements: RETIREMENTS,
    at: new Date(PRICED_ON),
  };
}

export interface DatedTierTable extends TierTable {
  /** UTC day. */
  pricedOn: string;
}

/** The tier table of the built-in catalog; the committed one has no pins, which are the operator's. */
export function computeBuiltInTable(costOf: Market["costOf"], pins: readonly TierPin[] = []): DatedTierTable {
  const table = computeTierTable({ ...openMarket(costOf), functions: FUNCTIONS, profiles: FUNCTION_PROFILES, pins });
  return { pricedOn: PRICED_ON, ...table };
}
