import { parseAsStringLiteral } from "nuqs/server";
import { modeSchema, tierSchema } from "#lib/services/mode/schemas.ts";

export const modeSearchParams = {
  /** The mode that is looked at; absent for the one in use. */
  mode: parseAsStringLiteral(modeSchema.shape.mode.options),
  /** The tier that is looked at; absent for the one in use. */
  tier: parseAsStringLiteral(tierSchema.options),
};
