import { z } from "zod";
import { FEATURES, WIRES } from "#lib/gateway/contract/wire.ts";
import {
  answeringProviderId,
  connectionHost,
  connectionHosting,
  connectionId,
  connectionName,
  connectionOwner,
  isSimulated,
  mode,
  modelId,
  modelName,
  providerId,
  providerName,
  tier,
} from "../../schemas.ts";

export const tryRouteInput = z
  .strictObject({
    source: z
      .enum(["draft", "published"])
      .default("published")
      .describe("Whose plan: the draft's, or that of the version in force."),
    function: z.string().min(1).max(80).optional().describe("A function's slug. Either this or `model` is needed."),
    model: z
      .string()
      .max(400)
      .regex(/^[^/]+\/.+$/, "must be provider/model")
      .optional()
      .describe("A model by name, as `provider/model`. Either this or `function` is needed."),
    wire: z
      .enum(WIRES)
      .optional()
      .describe(
        "The API that it would be made in. Left out: OpenAI Chat Completions, or Embeddings for what makes them.",
      ),
    needs: z
      .array(z.enum(FEATURES))
      .max(FEATURES.length)
      .default([])
      .describe("What the request would ask for; `other`: a field that only its own API knows."),
  })
  .refine((input) => (input.function === undefined) !== (input.model === undefined), {
    path: ["function"],
    message: "Name a function or a model, one of the two.",
  });
export type TryRouteInput = z.input<typeof tryRouteInput>;

const plannedTargetSchema = z
  .object({
    provider: answeringProviderId,
    providerName,
    model: modelId,
    modelName,
    connectionId,
    connectionName,
    owner: connectionOwner,
    hosting: connectionHosting,
    host: connectionHost,
    regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
    isSimulated,
    via: z
      .enum(["native", "translation"])
      .describe("`native`: the provider speaks the caller's API and gets the request as it came."),
    patience: z
      .object({
        firstTokenTimeoutMs: z
          .number()
          .int()
          .describe("Milliseconds that a stream may be silent before its first content."),
        answerTimeoutMs: z
          .number()
          .int()
          .describe("Milliseconds that an answer may take which the caller gets in one piece."),
        maxRetries: z.number().int().describe("How often it is tried again before the next target is."),
      })
      .describe("How long it is waited for, and how often it is tried again: its chain's word, else as usual."),
    reason: z.string().describe("Why it stands where it does, for people."),
  })
  .meta({ id: "PlannedTarget", description: "A model at a connection that a call would be sent to." });

export const routePlanSchema = z
  .object({
    functionSlug: z.string().nullable().describe("The function that was asked about; null: a model was."),
    mode,
    tier: tier.nullable().describe("The tier that chose the models; null where none did."),
    source: z.enum(["draft", "published"]).describe("Whose plan it is, as it was asked for."),
    routeVersion: z.number().int().describe("Number of the route version in force, of a draft's plan too."),
    wire: z.enum(WIRES).describe("The API that the request would be made in."),
    targets: z
      .array(plannedTargetSchema)
      .describe("In the order in which they would be tried; empty: the call would be refused."),
    excluded: z
      .array(
        z.object({
          provider: providerId,
          providerName,
          model: modelId,
          modelName,
          reason: z.string().describe("Why it would not be tried, for people."),
          cause: z
            .string()
            .describe(
              "The same for programs: `incapable`, `no-account`, `other-vectors`, `residency`, `unopened`, `open` or `cooling`.",
            ),
          param: z.string().nullable().describe("The need that it cannot serve; null when the request is not why."),
          waitMs: z
            .number()
            .int()
            .nullable()
            .describe("Milliseconds until it may be tried again; null when time will not help."),
        }),
      )
      .describe("Targets that the call would pass over."),
  })
  .meta({ id: "RoutePlan", description: "Where a request would go now, and why." });
export type RoutePlanDto = z.infer<typeof routePlanSchema>;
