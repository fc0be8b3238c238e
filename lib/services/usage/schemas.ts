import { z } from "zod";

export const RANGES = ["24h", "7d", "30d"] as const;
export const rangeSchema = z.enum(RANGES);
export type Range = z.infer<typeof rangeSchema>;

export const usageInput = z.strictObject({
  range: rangeSchema
    .default("24h")
    .describe("How far back: 24 hours by the hour, or 7 or 30 days by the day, the present one last."),
});
export type UsageInput = z.input<typeof usageInput>;

const requests = z.number().int().describe("Invocations that came, whatever became of them.");
const failures = z
  .number()
  .int()
  .describe("Invocations that ended in an error. Those that their caller left are not among them.");
const costNanoUsd = z.string().describe("Nano-dollars (10⁻⁹ USD) as digits, of those invocations that have a price.");

const totalsSchema = z
  .object({
    requests,
    failures,
    unpriced: z.number().int().describe("Invocations whose model had no known price: their cost is in no sum."),
    inputTokens: z.number().int().describe("Tokens that were sent, cached ones included, over all attempts."),
    outputTokens: z.number().int().describe("Tokens that were generated, those of reasoning included."),
    cachedInputTokens: z.number().int().describe("Those of `inputTokens` that providers read from their caches."),
    reasoningTokens: z.number().int().describe("Those of `outputTokens` that models thought with."),
    costNanoUsd,
    p95LatencyMs: z
      .number()
      .nullable()
      .describe(
        "Milliseconds within which 95 % of the invocations ended. From an hourly histogram, exact to within 19 %; null when there were no requests.",
      ),
  })
  .meta({ id: "UsageTotals", description: "Sums over all invocations of a time." });

export const usageSchema = z
  .object({
    range: rangeSchema.describe("As it was asked for."),
    from: z.iso.datetime().describe("Start of the first bucket, in ISO 8601, UTC."),
    to: z.iso.datetime().describe("The moment of the answer, in ISO 8601, UTC: the last bucket is still filling."),
    bucket: z.enum(["hour", "day"]).describe("How long one of `series` is. Days begin at midnight UTC."),
    totals: totalsSchema.describe("From `from` to `to`."),
    previous: totalsSchema.describe("The same length of time before `from`, to compare with."),
    series: z
      .array(
        z.object({
          start: z.iso.datetime().describe("When the bucket begins, in ISO 8601, UTC."),
          isComplete: z.boolean().describe("False for the bucket that is still filling."),
          requests,
          failures,
          byProvider: z
            .array(
              z.object({
                provider: z
                  .string()
                  .describe("The id of the provider that was asked last; `none`: no provider was asked."),
                requests,
                costNanoUsd,
              }),
            )
            .describe("The same by provider, in the order of their ids; empty where there were no requests."),
        }),
      )
      .describe("Every bucket of the range in order, empty ones too."),
  })
  .meta({ id: "Usage", description: "What a tenant used in a range of time, from the hourly sums of its record." });
export type UsageDto = z.infer<typeof usageSchema>;
export type UsageTotals = z.infer<typeof totalsSchema>;
