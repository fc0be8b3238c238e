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
  isUsable: z.boolean().describe("Whether an account of the platform can serve it now."),
  isSimulated: z.boolean().describe("The answers would be made up by the demo provider."),
  inputNanoUsdPerMillion: z
    .string()
    .nullable()
    .describe("Nano-dollars per million tokens, now; null where no price is known."),
  outputNanoUsdPerMillion: z.string().nullable(),
});

const functionRowSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    needs: z
      .object({ contextTokens: z.number().int(), capabilities: z.array(z.enum(CAPABILITIES)) })
      .describe("What its largest inputs ask of a model."),
    chains: z.record(tierSchema, z.array(targetSchema)),
  })
  .meta({ id: "FunctionChains" });

export const modeSchema = z
  .object({
    mode: z.enum(MODES),
    tier: tierSchema,
    functionTiers: z.record(z.string(), tierSchema).describe("Functions that have a tier of their own, by slug."),
    hasPlatformFallback: z
      .boolean()
      .describe("In Bring your own model: the platform's accounts come last where the tenant's own fail."),
    routeVersion: z.number().int(),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string(),
    note: z.string(),
    isSimulated: z.boolean(),
    canRetryFiltered: z.boolean().describe("Another model may be asked what a provider's content filter refused."),
    functions: z.array(functionRowSchema),
  })
  .meta({ id: "Mode" });
export type ModeDto = z.infer<typeof modeSchema>;

export const changeModeInput = z.strictObject({
  mode: z.enum(MODES).optional(),
  tier: tierSchema.optional(),
  functionTiers: z
    .record(z.string().max(80), tierSchema.nullable())
    .optional()
    .describe("By slug. Null: the tier of all functions. Functions that are not named keep theirs."),
  hasPlatformFallback: z.boolean().optional(),
  canRetryFiltered: z.boolean().optional(),
  routeVersion: z
    .int()
    .positive()
    .describe("The version that the change was made on: refused when another has been published since."),
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
  regions: z.array(z.string()).describe("Empty: not known."),
});

export const modePreviewSchema = z.object({
  from: z.enum(MODES),
  to: z.enum(MODES),
  routeVersion: z.number().int().describe("The version that this is a preview on."),
  functions: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      change: z.enum(["same", "other", "loses", "gains", "none"]).describe("`none`: without a route before and after."),
      before: routeSummarySchema.nullable(),
      after: routeSummarySchema.nullable(),
      sentence: z.string(),
    }),
  ),
  payment: z.object({ before: z.string(), after: z.string() }),
  network: z.object({ destinations: z.array(destinationSchema), sentence: z.string() }),
  sentences: z
    .array(z.string())
    .describe("The consequences in short: who loses a route, whose account pays, what leaves the network."),
  problems: z.array(routeProblemSchema),
});
export type ModePreviewDto = z.infer<typeof modePreviewSchema>;
