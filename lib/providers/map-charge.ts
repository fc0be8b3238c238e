import { z } from "zod";

const amount = z.number().nonnegative();

const chargeSchema = z.object({
  /** OpenRouter's, in US dollars (https://openrouter.ai/docs/use-cases/usage-accounting); Perplexity's is an object. */
  cost: z.union([amount, z.object({ total_cost: amount })]).nullish(),
  /** OpenRouter took an account of one's own at the model's provider, who charges for it besides. */
  is_byok: z.boolean().nullish(),
  cost_details: z.object({ upstream_inference_cost: amount.nullish() }).nullish(),
  /** xAI's: a dollar is 10^10 ticks (https://docs.x.ai/developers/cost-tracking). */
  cost_in_usd_ticks: amount.nullish(),
});

const NANO = 1_000_000_000;
const TICKS_A_NANO_USD = 10;

/**
 * What the provider says in an answer's usage that it charged, in nano-dollars. Undefined where it says nothing that can
 * be read. It has in it what tokens do not tell: searches, files, the model that a router chose.
 */
export function mapCharge(usage: unknown): bigint | undefined {
  const parsed = chargeSchema.safeParse(usage);
  if (!parsed.success) return undefined;
  const { cost, is_byok, cost_details, cost_in_usd_ticks: ticks } = parsed.data;
  if (ticks != null) return BigInt(Math.round(ticks / TICKS_A_NANO_USD));
  if (cost == null) return undefined;
  const usd = typeof cost === "number" ? cost : cost.total_cost;
  const elsewhereUsd = is_byok === true ? (cost_details?.upstream_inference_cost ?? 0) : 0;
  return BigInt(Math.round((usd + elsewhereUsd) * NANO));
}

/** The same as a part of usage, which has none where nothing is said. */
export function chargeOf(usage: unknown): { chargedNanoUsd?: bigint } {
  const chargedNanoUsd = mapCharge(usage);
  return chargedNanoUsd === undefined ? {} : { chargedNanoUsd };
}
