import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";

const tier = z.enum(TIERS);

/** One step of a tenant's own chain: every connection to the provider in order, or one of them. */
export const targetRefSchema = z.strictObject({
  provider: z.string().min(1).max(64),
  model: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[\x21-\x7e]+$/, "must hold no spaces and nothing but ASCII"),
  connectionId: z.uuid().nullable().default(null),
});

export const residencySchema = z.strictObject({
  /** In the providers' own names: `eu-central-1`, `swedencentral`, `europe-west4`. */
  regions: z.array(z.string().min(1).max(64)).max(200),
  hosts: z.array(z.string().min(1).max(253)).max(200),
});

const MAX_CHAIN_LENGTH = 10;
const chain = z.array(targetRefSchema).max(MAX_CHAIN_LENGTH);

/** What a route version holds: the JSON of `route_version.config`. */
export const routeConfigSchema = z.object({
  mode: z.enum(MODES),
  tier,
  /** Functions that have a tier of their own. */
  functionTiers: z.record(z.string(), tier).optional(),
  /** In the tenant's own modes: the chain of every function that has none of its own, and those that have. */
  chain: chain.optional(),
  overrides: z.record(z.string(), chain).optional(),
  /** Bring-your-own alone: the platform's accounts come last where the tenant's own fail. */
  hasPlatformFallback: z.boolean().optional(),
  residency: residencySchema.nullable().optional(),
  /** Another target may be asked what a content filter refused. Not without the tenant's word: a refusal can be meant. */
  canRetryFiltered: z.boolean().optional(),
});
export type RouteConfig = z.infer<typeof routeConfigSchema>;
