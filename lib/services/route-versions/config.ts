import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";

/** What a route version holds: the JSON of `route_version.config`. */
export const routeConfigSchema = z.object({
  mode: z.enum(MODES),
  tier: z.enum(TIERS),
  /** Another target may be asked what a content filter refused. Not without the tenant's word: a refusal can be meant. */
  canRetryFiltered: z.boolean().optional(),
});
export type RouteConfig = z.infer<typeof routeConfigSchema>;
