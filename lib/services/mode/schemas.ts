import { z } from "zod";
import { CAPABILITIES, MODES } from "#lib/gateway/contract/catalog.ts";
import { routeProblemSchema } from "../route-versions/schemas.ts";
import {
  answeringProviderId,
  connectionHost,
  connectionHosting,
  connectionName,
  connectionOwner,
  functionName,
  functionSlug,
  isSimulated,
  mode,
  modelId,
  modelName,
  noteInput,
  providerId,
  providerName,
  publishedAt,
  publishedBy,
  routeVersionInput,
  tier,
  versionInForce,
} from "../schemas.ts";

/** One target of a function's chain in a tier, as it would be called now. */
const targetSchema = z.object({
  provider: providerId,
  providerName,
  model: modelId,
  modelName,
  isUsable: z.boolean().describe("Whether an account of the platform can serve it now."),
  isSimulated: z.boolean().describe("The answers would be made up by the demo provider."),
  inputNanoUsdPerMillion: z
    .string()
    .nullable()
    .describe("Nano-dollars (10⁻⁹ USD) as digits, for a million tokens sent now; null where no price is known."),
  outputNanoUsdPerMillion: z
    .string()
    .nullable()
    .describe("Nano-dollars as digits, for a million tokens generated now; null where no price is known."),
});

const functionRowSchema = z
  .object({
    slug: z.string().describe("Its slug, which calls and chains name it by."),
    name: functionName,
    description: z.string().describe("What it does, for people."),
    needs: z
      .object({
        contextTokens: z.number().int().describe("Tokens that a model has to take."),
        capabilities: z.array(z.enum(CAPABILITIES)).describe("What a model has to be able to do."),
      })
      .describe("What its largest inputs ask of a model."),
    chains: z
      .record(tier, z.array(targetSchema))
      .describe("By tier: the targets that the platform picks for it, in the order in which they are tried."),
  })
  .meta({ id: "FunctionChains", description: "A function, and which models each tier gives it." });

export const modeSchema = z
  .object({
    mode,
    tier: tier.describe("Which model the platform picks for every function that has no tier of its own."),
    functionTiers: z.record(z.string(), tier).describe("Functions that have a tier of their own, by slug."),
    hasPlatformFallback: z
      .boolean()
      .describe("In Bring your own model: the platform's accounts come last where the tenant's own fail."),
    routeVersion: versionInForce,
    publishedAt,
    publishedBy,
    note: z.string().describe("What its publisher said of it; empty: nothing."),
    isSimulated: z
      .boolean()
      .describe("The platform has no account at any provider: the demo provider makes up what it answers."),
    canRetryFiltered: z.boolean().describe("Another model may be asked what a provider's content filter refused."),
    functions: z.array(functionRowSchema).describe("Every function that can be called."),
  })
  .meta({ id: "Mode", description: "How a tenant's models are run, by the route version in force." });
export type ModeDto = z.infer<typeof modeSchema>;

export const changeModeInput = z.strictObject({
  mode: mode.optional(),
  tier: tier.optional().describe("Which model the platform picks for every function that has no tier of its own."),
  functionTiers: z
    .record(z.string().max(80), tier.nullable())
    .optional()
    .describe("By slug. Null: the tier of all functions. Functions that are not named keep theirs."),
  hasPlatformFallback: z
    .boolean()
    .optional()
    .describe("In Bring your own model: the platform's accounts come last where the tenant's own fail."),
  canRetryFiltered: z
    .boolean()
    .optional()
    .describe("Another model may be asked what a provider's content filter refused."),
  routeVersion: routeVersionInput,
  note: noteInput,
});
export type ChangeModeInput = z.input<typeof changeModeInput>;

export const previewModeInput = z.strictObject({
  mode: z.enum(MODES).describe("The mode that would be put in force."),
});
export type PreviewModeInput = z.input<typeof previewModeInput>;

/** Where a function's calls go: its first target, and how many others stand behind it. */
const routeSummarySchema = z.object({
  provider: answeringProviderId,
  providerName,
  model: modelId,
  modelName,
  connectionName,
  owner: connectionOwner,
  isSimulated,
  fallbacks: z.number().int().describe("How many other targets stand behind it."),
});

const destinationSchema = z.object({
  host: connectionHost,
  provider: providerId,
  providerName,
  connectionName,
  owner: connectionOwner,
  hosting: connectionHosting,
  regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
});

export const modePreviewSchema = z.object({
  from: z.enum(MODES).describe("The mode in force."),
  to: z.enum(MODES).describe("The mode that was asked about."),
  routeVersion: z.number().int().describe("The version that this is a preview on."),
  functions: z
    .array(
      z.object({
        slug: functionSlug,
        name: functionName,
        change: z
          .enum(["same", "other", "loses", "gains", "none"])
          .describe(
            "What becomes of its route: `same` and `other` targets, `loses` or `gains` one, or `none` before and after.",
          ),
        before: routeSummarySchema.nullable().describe("Where its calls go now; null: it has no route."),
        after: routeSummarySchema.nullable().describe("Where they would go; null: it would have no route."),
        sentence: z.string().describe("The same in a sentence for people."),
      }),
    )
    .describe("What it means for each function, were every target well."),
  payment: z
    .object({
      before: z.string().describe("Who pays now."),
      after: z.string().describe("Who would pay."),
    })
    .describe("Whose accounts pay, in sentences for people."),
  network: z
    .object({
      destinations: z
        .array(destinationSchema)
        .describe("Every account that a call could reach, fallbacks included; none where answers are simulated."),
      sentence: z.string().describe("What would leave the network, for people."),
    })
    .describe("Where prompts and answers would go."),
  sentences: z
    .array(z.string())
    .describe("The consequences in short: who loses a route, whose account pays, what leaves the network."),
  problems: z.array(routeProblemSchema).describe("What is wrong with it; an error keeps it from being put in force."),
});
export type ModePreviewDto = z.infer<typeof modePreviewSchema>;
