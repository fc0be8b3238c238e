import { z } from "zod";
import { CAPABILITIES, MODES, TIERS } from "#lib/gateway/contract/catalog.ts";
import { routeProblemSchema } from "../route-versions/schemas.ts";

export const tierSchema = z.enum(TIERS);

/** One target of a function's chain in a tier, as it would be called now. */
const targetSchema = z.object({
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  modelName: z.string(),
  /** Whether an account of the platform can serve it now. */
  isUsable: z.boolean(),
  /** The answers would be made up by the demo provider. */
  isSimulated: z.boolean(),
  /** Nano-dollars per million tokens, now; null where no price is known. */
  inputNanoUsdPerMillion: z.string().nullable(),
  outputNanoUsdPerMillion: z.string().nullable(),
});

const functionRowSchema = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** What its largest inputs ask of a model. */
  needs: z.object({ contextTokens: z.number().int(), capabilities: z.array(z.enum(CAPABILITIES)) }),
  chains: z.record(tierSchema, z.array(targetSchema)),
});

export const modeSchema = z.object({
  mode: z.enum(MODES),
  tier: tierSchema,
  /** Functions that have a tier of their own, by slug. */
  functionTiers: z.record(z.string(), tierSchema),
  /** In Bring your own model: the platform's accounts come last where the tenant's own fail. */
  hasPlatformFallback: z.boolean(),
  routeVersion: z.number().int(),
  publishedAt: z.iso.datetime(),
  publishedBy: z.string(),
  note: z.string(),
  isSimulated: z.boolean(),
  /** Another model may be asked what a provider's content filter refused. */
  canRetryFiltered: z.boolean(),
  functions: z.array(functionRowSchema),
});
export type ModeDto = z.infer<typeof modeSchema>;

export const changeModeInput = z.strictObject({
  /** What is left out stays as it is. */
  mode: z.enum(MODES).optional(),
  tier: tierSchema.optional(),
  /** By slug. Null: the tier of all functions. Functions that are not named keep theirs. */
  functionTiers: z.record(z.string().max(80), tierSchema.nullable()).optional(),
  hasPlatformFallback: z.boolean().optional(),
  canRetryFiltered: z.boolean().optional(),
  /** The version that the change was made on: refused when another has been published since. */
  routeVersion: z.int().positive(),
  note: z.string().trim().max(200, "At most 200 characters.").default(""),
});
export type ChangeModeInput = z.input<typeof changeModeInput>;

export const previewModeInput = z.strictObject({ mode: z.enum(MODES) });
export type PreviewModeInput = z.input<typeof previewModeInput>;

/** Where a function's calls go: its first target, and how many others stand behind it. */
const routeSummarySchema = z.object({
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  modelName: z.string(),
  connectionName: z.string(),
  owner: z.enum(["platform", "tenant"]),
  isSimulated: z.boolean(),
  fallbacks: z.number().int(),
});

const destinationSchema = z.object({
  host: z.string(),
  provider: z.string(),
  providerName: z.string(),
  connectionName: z.string(),
  owner: z.enum(["platform", "tenant"]),
  hosting: z.enum(["cloud", "self-hosted"]),
  /** Empty: not known. */
  regions: z.array(z.string()),
});

export const modePreviewSchema = z.object({
  from: z.enum(MODES),
  to: z.enum(MODES),
  /** The version that this is a preview on. */
  routeVersion: z.number().int(),
  functions: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** `none`: without a route before and after. */
      change: z.enum(["same", "other", "loses", "gains", "none"]),
      before: routeSummarySchema.nullable(),
      after: routeSummarySchema.nullable(),
      sentence: z.string(),
    }),
  ),
  payment: z.object({ before: z.string(), after: z.string() }),
  network: z.object({ destinations: z.array(destinationSchema), sentence: z.string() }),
  /** The consequences in short: who loses a route, whose account pays, what leaves the network. */
  sentences: z.array(z.string()),
  problems: z.array(routeProblemSchema),
});
export type ModePreviewDto = z.infer<typeof modePreviewSchema>;
