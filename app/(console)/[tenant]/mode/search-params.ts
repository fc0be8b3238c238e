import { parseAsStringLiteral } from "nuqs/server";
import { tierSchema } from "#lib/services/mode/schemas.ts";

export const modeSearchParams = {
  /** The tier that is looked at; absent for the one in use. */
  tier: parseAsStringLiteral(tierSchema.options),
};
