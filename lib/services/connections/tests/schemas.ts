import { z } from "zod";
import { PROBE_STATUSES, PROBE_STEPS } from "#lib/providers/probe/contract.ts";

export const discoveredModelSchema = z
  .object({
    id: z.string().describe("The server's own name for it, which chains go to it by."),
    contextTokens: z
      .number()
      .int()
      .nullable()
      .describe("How many tokens it takes at most; null: the server does not say."),
  })
  .meta({ id: "DiscoveredModel", description: "A model that a server said it has." });

const testStepSchema = z.object({
  step: z
    .enum(PROBE_STEPS)
    .describe(
      "What was tried: its address, the encryption, the key, the list of models, a short answer, the same as a stream.",
    ),
  status: z.enum(PROBE_STATUSES).describe("`skipped`: an earlier step failed, or there is nothing to try."),
  ms: z.number().int().nullable().describe("Milliseconds that it took; null: it was not tried by itself."),
  message: z.string().describe("What was found; of a failure it holds the mend."),
});

export type TestStepDto = z.infer<typeof testStepSchema>;

export const connectionTestSchema = z
  .object({
    testedAt: z.iso.datetime().describe("When it was tested, in ISO 8601, UTC."),
    isOk: z.boolean().describe("Whether no step failed and the last one passed."),
    model: z.string().nullable().describe("The model that was tried; null: it did not come to that."),
    steps: z.array(testStepSchema).describe("In the order in which they were tried."),
  })
  .meta({ id: "ConnectionTest", description: "What a test of an account found." });

export const connectionTestResultSchema = connectionTestSchema
  .extend({
    models: z
      .array(discoveredModelSchema)
      .nullable()
      .describe("What the server says it has; null: it does not say, or was not asked."),
  })
  .meta({
    id: "ConnectionTestResult",
    description: "With the models that the server listed, to choose from; null where it does not list them.",
  });
export type ConnectionTestResult = z.infer<typeof connectionTestResultSchema>;
