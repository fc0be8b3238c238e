import { z } from "zod";

export const activitySchema = z
  .object({
    attempts: z.number().int(),
    failures: z.number().int().describe("Whatever they failed of."),
    lastSuccessAt: z.iso.datetime().nullable().describe("However long ago; null: never."),
  })
  .meta({
    id: "ConnectionActivity",
    description: "What came of the tenant's attempts at a connection in the last 24 hours, counted by whole hours.",
  });
export type ConnectionActivity = z.infer<typeof activitySchema>;

const healthFailureSchema = z.object({
  at: z.iso.datetime(),
  kind: z.string().describe("As attempts of calls fail; `account`: it could not be asked with what is stored."),
  problem: z.string().describe("A sentence with the mend."),
});

const goneModelSchema = z.object({
  id: z.string(),
  functions: z.array(z.string()).describe("Slugs of the functions whose own chain goes to it."),
  isInDefaultChain: z.boolean(),
});

const checkCounts = { start: z.iso.datetime(), checks: z.number().int(), failures: z.number().int() };

export const healthSchema = z
  .object({
    status: z.enum(["up", "down", "unknown"]).describe("`unknown`: it has not been checked, or not lately."),
    since: z.iso.datetime().nullable().describe("When it went up, or down."),
    checkedAt: z.iso.datetime().nullable(),
    latencyMs: z.number().int().nullable().describe("What the last check took."),
    lastFailure: healthFailureSchema.nullable(),
    newModels: z.array(z.string()).describe("What the server has got since its models were discovered."),
    goneModels: z
      .array(goneModelSchema)
      .describe("What was discovered, or what a chain goes to it for, and it has no longer."),
    hours: z.array(z.object(checkCounts)).describe("The last 24 hours, each with its checks; the present one last."),
  })
  .meta({ id: "ConnectionHealth", description: "How a server of the tenant's own does, asked about once a minute." });
export type HealthDto = z.infer<typeof healthSchema>;

const HEALTH_RANGES = ["24h", "7d"] as const;

export const healthHistoryInput = z.strictObject({ id: z.string(), range: z.enum(HEALTH_RANGES).default("24h") });
export type HealthHistoryInput = z.input<typeof healthHistoryInput>;

export const healthHistorySchema = z
  .object({
    range: z.enum(HEALTH_RANGES),
    bucketMs: z.number().int(),
    data: z
      .array(
        z.object({
          ...checkCounts,
          averageLatencyMs: z.number().int().nullable().describe("Of the checks that were answered; null: none was."),
          failureKind: z.string().nullable().describe("Of the last one that failed."),
        }),
      )
      .describe("Every bucket in order, the present one last."),
  })
  .meta({ id: "ConnectionHealthHistory" });
export type HealthHistory = z.infer<typeof healthHistorySchema>;
export type HealthRange = HealthHistory["range"];
