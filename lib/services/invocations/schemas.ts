import { z } from "zod";

export const listInvocationsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe("As the previous page's `nextCursor` gave it."),
});
export type ListInvocationsInput = z.input<typeof listInvocationsInput>;

export const invocationSchema = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    requestId: z.string(),
    apiKeyId: z.uuid().nullable(),
    functionSlug: z.string().nullable(),
    mode: z.string(),
    tier: z.string().nullable(),
    routeVersion: z.number().int(),
    wire: z.string().describe("The API that the call was made in."),
    isStream: z.boolean(),
    delivery: z.string().nullable().describe("How its answer was delivered: null for older calls."),
    status: z.enum(["succeeded", "failed", "aborted"]),
    httpStatus: z.number().int(),
    failureKind: z.string().nullable(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    isSimulated: z.boolean(),
    attemptCount: z.number().int(),
    inputTokens: z.number().int().nullable().describe("Null when the provider did not say."),
    outputTokens: z.number().int().nullable(),
    cachedInputTokens: z.number().int().nullable(),
    reasoningTokens: z.number().int().nullable(),
    isUsageEstimated: z
      .boolean()
      .describe("Its provider has not said what it took: its tokens are counted from what was sent and what came."),
    costNanoUsd: z
      .string()
      .nullable()
      .describe("Nano-dollars (10⁻⁹ USD) as digits. Null when the model has no known price."),
    latencyMs: z.number().int(),
    firstTokenMs: z.number().int().nullable(),
    overheadUs: z.number().int(),
    metadata: z.record(z.string(), z.string()).nullable(),
  })
  .meta({ id: "Invocation" });
export type InvocationDto = z.infer<typeof invocationSchema>;

const attemptSchema = z
  .object({
    number: z.number().int(),
    provider: z.string(),
    model: z.string(),
    connection: z.string(),
    isSimulated: z.boolean(),
    status: z.enum(["succeeded", "failed", "aborted"]),
    failureKind: z.string().nullable(),
    httpStatus: z.number().int().nullable(),
    message: z.string().nullable(),
    startedMs: z.number().int(),
    latencyMs: z.number().int(),
    firstTokenMs: z.number().int().nullable(),
    inputTokens: z.number().int().nullable(),
    outputTokens: z.number().int().nullable(),
    cachedInputTokens: z.number().int().nullable(),
    reasoningTokens: z.number().int().nullable(),
    isUsageEstimated: z.boolean(),
    costNanoUsd: z.string().nullable().describe("Nano-dollars as digits."),
    providerRequestId: z.string().nullable(),
  })
  .meta({ id: "Attempt" });

export const invocationDetailSchema = invocationSchema
  .extend({ attempts: z.array(attemptSchema) })
  .meta({ id: "InvocationDetail" });
export type InvocationDetailDto = z.infer<typeof invocationDetailSchema>;

export const invocationPageSchema = z
  .object({ data: z.array(invocationSchema), nextCursor: z.string().nullable() })
  .meta({ id: "InvocationPage" });
export type InvocationPage = z.infer<typeof invocationPageSchema>;
