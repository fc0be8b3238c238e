import { z } from "zod";

export const RANGES = ["24h", "7d", "30d"] as const;
export const rangeSchema = z.enum(RANGES);
export type Range = z.infer<typeof rangeSchema>;

export const usageInput = z.strictObject({ range: rangeSchema.default("24h") });
export type UsageInput = z.input<typeof usageInput>;

const totalsSchema = z
  .object({
    requests: z.number().int(),
    failures: z.number().int(),
    unpriced: z.number().int().describe("Invocations whose model had no known price: their cost is in no sum."),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    cachedInputTokens: z.number().int(),
    reasoningTokens: z.number().int(),
    costNanoUsd: z.string().describe("Nano-dollars (10⁻⁹ USD) as digits."),
    p95LatencyMs: z
      .number()
      .nullable()
      .describe("From an hourly histogram, exact to within 19 %; null when there were no requests."),
  })
  .meta({ id: "UsageTotals" });

export const usageSchema = z
  .object({
    range: rangeSchema,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bucket: z.enum(["hour", "day"]),
    totals: totalsSchema,
    previous: totalsSchema.describe("The same length of time before `from`, to compare with."),
    series: z
      .array(
        z.object({
          start: z.iso.datetime(),
          isComplete: z.boolean().describe("False for the bucket that is still filling."),
          requests: z.number().int(),
          failures: z.number().int(),
          byProvider: z.array(z.object({ provider: z.string(), requests: z.number().int(), costNanoUsd: z.string() })),
        }),
      )
      .describe("Every bucket of the range in order, empty ones too."),
  })
  .meta({ id: "Usage" });
export type UsageDto = z.infer<typeof usageSchema>;
export type UsageTotals = z.infer<typeof totalsSchema>;
