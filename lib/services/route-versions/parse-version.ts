import type { RouteVersionModel } from "#lib/db/rows.ts";
import { type RouteConfig, routeConfigSchema } from "./config.ts";

/** A published version with its configuration read. */
export interface ParsedVersion extends Omit<RouteVersionModel, "config"> {
  config: RouteConfig;
}

export function parseVersion(row: RouteVersionModel): ParsedVersion {
  return { ...row, config: routeConfigSchema.parse(row.config) };
}
