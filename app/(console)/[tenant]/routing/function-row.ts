import type { ModeDto } from "#lib/services/mode/schemas.ts";

/** A function as the tenant's people see it: what it needs, and its chain in each tier. */
export type FunctionRow = ModeDto["functions"][number];
