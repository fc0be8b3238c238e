import { z } from "zod";
import { connectionId, isSimulated, modelId, nextCursor } from "../schemas.ts";

export const listInvocationsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("How many a page holds at most."),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe("As the previous page's `nextCursor` gave it; left out: the newest page."),
});
export type ListInvocationsInput = z.input<typeof listInvocationsInput>;

const status = z
  .enum(["succeeded", "failed", "aborted"])
  .describe("`aborted`: the caller left before the answer was complete.");
const askedLast = "Id of the provider that answered, or was asked last; `demo`: the answer is simulated.";

/** Each null where no provider said anything of tokens. */
const tokens = {
  inputTokens: z
    .number()
    .int()
    .nullable()
    .describe("Tokens that were sent, cached ones included. Null when the provider did not say."),
  outputTokens: z
    .number()
    .int()
    .nullable()
    .describe("Tokens that were generated, those of reasoning included. Null when the provider did not say."),
  cachedInputTokens: z
    .number()
    .int()
    .nullable()
    .describe("Those of `inputTokens` that the provider read from its cache; null as that."),
  reasoningTokens: z
    .number()
    .int()
    .nullable()
    .describe("Those of `outputTokens` that the model thought with; null as that."),
};
const isUsageEstimated = z
  .boolean()
  .describe("Its provider has not said what it took: its tokens are counted from what was sent and what came.");

export const invocationSchema = z
  .object({
    id: z.uuid().describe("Its id (UUIDv7), which its answer named in `x-switchyard-invocation-id`."),
    createdAt: z.iso.datetime().describe("When the call came, in ISO 8601, UTC."),
    requestId: z.string().describe("The caller's own `x-request-id`; the invocation's id where it sent none."),
    apiKeyId: z.uuid().nullable().describe("Id of the API key that it came with; null: it is not on record."),
    functionSlug: z.string().nullable().describe("The function that was called; null: a model was called by name."),
    mode: z.string().describe("The mode in force for it: `platform-managed`, `bring-your-own` or `self-hosted`."),
    tier: z.string().nullable().describe("`performance`, `balanced` or `economy`; null where no tier chose the model."),
    routeVersion: z.number().int().describe("Number of the route version in force for it."),
    wire: z
      .string()
      .describe(
        "The API that the call was made in: `openai-chat`, `openai-embeddings`, `openai-responses` or `anthropic-messages`.",
      ),
    isStream: z.boolean().describe("Whether the caller asked for a stream."),
    delivery: z
      .string()
      .nullable()
      .describe(
        "How its answer was delivered: `live`, as the tokens came, or `whole`, once it was complete. Null for older calls.",
      ),
    status,
    httpStatus: z
      .number()
      .int()
      .describe("The status that the caller got: 200 too for a stream that broke after it had begun."),
    failureKind: z
      .string()
      .nullable()
      .describe("The code of the error that it ended with, as in `OpenAiError`; null: it succeeded."),
    provider: z.string().nullable().describe(`${askedLast} Null: none was asked.`),
    model: z
      .string()
      .nullable()
      .describe("That provider's own name for the model that was asked last; null: none was asked."),
    isSimulated,
    attemptCount: z.number().int().describe("How many tries it took; 0: no target was asked."),
    ...tokens,
    isUsageEstimated,
    costNanoUsd: z
      .string()
      .nullable()
      .describe("Nano-dollars (10⁻⁹ USD) as digits, of all attempts. Null when the model has no known price."),
    latencyMs: z.number().int().describe("Milliseconds from the call's arrival to the end of its answer."),
    firstTokenMs: z
      .number()
      .int()
      .nullable()
      .describe("Milliseconds from the call's arrival to the first content of its stream; null: there was none."),
    overheadUs: z.number().int().describe("Microseconds spent in the gateway itself, not waiting for a provider."),
    metadata: z
      .record(z.string(), z.string())
      .nullable()
      .describe("What the caller sent as `x-switchyard-metadata`; null: nothing."),
  })
  .meta({ id: "Invocation", description: "One call, as it is on record: neither its prompt nor its answer is." });
export type InvocationDto = z.infer<typeof invocationSchema>;

const attemptSchema = z
  .object({
    number: z.number().int().describe("Its place among the call's attempts: 1 for the first."),
    provider: z.string().describe("Id of the provider that was asked; `demo`: the answer is simulated."),
    model: modelId,
    connection: connectionId,
    connectionName: z.string().nullable().describe("What people call the connection now; null: it is gone."),
    isSimulated,
    status,
    failureKind: z
      .string()
      .nullable()
      .describe("What it failed of, one of the kinds of `attempts` in `OpenAiError`; null: it did not."),
    httpStatus: z.number().int().nullable().describe("The provider's HTTP status; null: it answered with none."),
    message: z
      .string()
      .nullable()
      .describe("What went wrong; a provider's own words may quote the request. Null: nothing did."),
    startedMs: z.number().int().describe("Milliseconds from the call's arrival to its start."),
    latencyMs: z.number().int().describe("Milliseconds from its start to its end."),
    firstTokenMs: z
      .number()
      .int()
      .nullable()
      .describe("Milliseconds from its start to the first content of its stream; null: there was none."),
    ...tokens,
    isUsageEstimated,
    costNanoUsd: z
      .string()
      .nullable()
      .describe(
        "Nano-dollars (10⁻⁹ USD) as digits. Null when no price is known, or it failed and the provider counted no tokens.",
      ),
    providerRequestId: z
      .string()
      .nullable()
      .describe("What the provider calls the request, to ask its support by; null: it did not say."),
  })
  .meta({ id: "Attempt", description: "One try of one target in a call." });

export const invocationDetailSchema = invocationSchema
  .extend({ attempts: z.array(attemptSchema).describe("What was tried, in order; empty: no target was asked.") })
  .meta({ id: "InvocationDetail", description: "One call, with each of its attempts." });
export type InvocationDetailDto = z.infer<typeof invocationDetailSchema>;

export const invocationPageSchema = z
  .object({ data: z.array(invocationSchema).describe("Newest first."), nextCursor })
  .meta({ id: "InvocationPage", description: "A page of the record." });
export type InvocationPage = z.infer<typeof invocationPageSchema>;
