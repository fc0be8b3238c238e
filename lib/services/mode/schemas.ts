import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";

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
  chains: z.record(tierSchema, z.array(targetSchema)),
});

export const modeSchema = z.object({
  mode: z.enum(MODES),
  tier: tierSchema,
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
  tier: tierSchema.optional(),
  canRetryFiltered: z.boolean().optional(),
  /** The version that the change was made on: refused when another has been published since. */
  routeVersion: z.int().positive(),
  note: z.string().trim().max(200, "At most 200 characters.").default(""),
});
export type ChangeModeInput = z.input<typeof changeModeInput>;
