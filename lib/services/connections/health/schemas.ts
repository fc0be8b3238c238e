import { z } from "zod";
import { ownConnectionId } from "../../schemas.ts";

export const activitySchema = z
  .object({
    attempts: z.number().int().describe("How often it was tried, retries counted each."),
    failures: z.number().int().describe("Whatever they failed of."),
    lastSuccessAt: z.iso
      .datetime()
      .nullable()
      .describe("When the last call came that it answered, however long ago, in ISO 8601, UTC; null: never."),
  })
  .meta({
    id: "ConnectionActivity",
    description: "What came of the tenant's attempts at a connection in the last 24 hours, counted by whole hours.",
  });
export type ConnectionActivity = z.infer<typeof activitySchema>;

const healthFailureSchema = z.object({
  at: z.iso.datetime().describe("When it was found, in ISO 8601, UTC."),
  kind: z
    .string()
    .describe("As attempts of calls fail (`OpenAiError`); `account`: it could not be asked with what is stored."),
  problem: z.string().describe("A sentence with the mend."),
});

const goneModelSchema = z.object({
  id: z.string().describe("The server's own name for the model."),
  functions: z.array(z.string()).describe("Slugs of the functions whose own chain goes to it."),
  isInDefaultChain: z.boolean().describe("Whether the chain of all other functions goes to it."),
});

const checkCounts = {
  start: z.iso.datetime().describe("When this stretch of time begins, in ISO 8601, UTC."),
  checks: z.number().int().describe("How often it was checked in it; 0: not at all."),
  failures: z.number().int().describe("How many of the checks found it down."),
};

export const healthSchema = z
  .object({
    status: z.enum(["up", "down", "unknown"]).describe("`unknown`: it has not been checked, or not lately."),
    since: z.iso.datetime().nullable().describe("When it went up, or down, in ISO 8601, UTC; null: not known."),
    checkedAt: z.iso.datetime().nullable().describe("When it was last checked, in ISO 8601, UTC; null: not yet."),
    latencyMs: z
      .number()
      .int()
      .nullable()
      .describe("Milliseconds that the last check took; null: it could not be asked."),
    lastFailure: healthFailureSchema
      .nullable()
      .describe("The last check that found it down, however long ago; null: none is known."),
    newModels: z.array(z.string()).describe("What the server has got since its models were discovered."),
    goneModels: z
      .array(goneModelSchema)
      .describe("What was discovered, or what a chain goes to it for, and it has no longer."),
    hours: z.array(z.object(checkCounts)).describe("The last 24 hours, each with its checks; the present one last."),
  })
  .meta({ id: "ConnectionHealth", description: "How a server of the tenant's own does, asked about once a minute." });
export type HealthDto = z.infer<typeof healthSchema>;

const HEALTH_RANGES = ["24h", "7d"] as const;

export const healthHistoryInput = z.strictObject({
  id: ownConnectionId,
  range: z.enum(HEALTH_RANGES).default("24h").describe("How far back, from now: a day, or a week."),
});
export type HealthHistoryInput = z.input<typeof healthHistoryInput>;

export const healthHistorySchema = z
  .object({
    range: z.enum(HEALTH_RANGES).describe("As it was asked for."),
    bucketMs: z.number().int().describe("How long each bucket is, in milliseconds."),
    data: z
      .array(
        z.object({
          ...checkCounts,
          averageLatencyMs: z
            .number()
            .int()
            .nullable()
            .describe("Milliseconds, on average of the checks that were answered; null: none was."),
          failureKind: z.string().nullable().describe("`kind` of the last one that failed; null: none did."),
        }),
      )
      .describe("Every bucket in order, the present one last."),
  })
  .meta({ id: "ConnectionHealthHistory", description: "How a server of the tenant's own was, by its checks." });
export type HealthHistory = z.infer<typeof healthHistorySchema>;
export type HealthRange = HealthHistory["range"];
