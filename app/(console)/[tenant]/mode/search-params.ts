import { parseAsStringLiteral } from "nuqs/server";
import { mode, tier } from "#lib/services/schemas.ts";

export const modeSearchParams = {
  /** The mode that is looked at; absent for the one in use. */
  mode: parseAsStringLiteral(mode.options),
  /** The tier that is looked at; absent for the one in use. */
  tier: parseAsStringLiteral(tier.options),
};
