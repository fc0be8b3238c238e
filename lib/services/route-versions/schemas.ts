import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";
import { FEATURES, WIRES } from "#lib/gateway/contract/wire.ts";
import { routeConfigInput, routeConfigSchema } from "./config.ts";
import { MAX_VERSION_NUMBER } from "./limits.ts";

const noteInput = z.string().trim().max(200, "At most 200 characters.").default("");

/** The revision of the draft that was seen; 0: there was none. */
const revision = z.int().min(0);
/** The version that was seen in force. */
const routeVersion = z.int().positive();

export const routeProblemSchema = z
  .object({
    severity: z
      .enum(["error", "warning"])
      .describe("An error keeps the draft from being published; a warning does not."),
    functionSlug: z.string().nullable(),
    field: z.string().describe("Its place in the configuration: `overrides.email-classification.0`."),
    message: z.string(),
  })
  .meta({ id: "RouteProblem" });

export const routeDraftSchema = z
  .object({
    config: routeConfigSchema,
    basedOn: z.number().int().describe("The version that the draft began as a copy of."),
    revision: z
      .number()
      .int()
      .describe("To be sent back with the next change: refused when somebody has changed the draft since."),
    isUntouched: z.boolean().describe("Nobody is working on anything: this is a copy of what is in force."),
    updatedBy: z.string().nullable(),
    updatedAt: z.iso.datetime().nullable(),
    published: z
      .object({ number: z.number().int(), publishedBy: z.string(), publishedAt: z.iso.datetime() })
      .describe("The version in force. While it is not `basedOn` the draft cannot be published."),
    problems: z.array(routeProblemSchema),
    usualPatience: z
      .record(z.string(), z.object({ firstTokenTimeoutMs: z.number().int(), answerTimeoutMs: z.number().int() }))
      .describe("By provider: what a target gets there whose chain says nothing of it."),
  })
  .meta({ id: "RouteDraft" });
export type RouteDraftDto = z.infer<typeof routeDraftSchema>;

export const saveDraftInput = z.strictObject({ config: routeConfigInput, revision, basedOn: routeVersion });
export type SaveDraftInput = z.input<typeof saveDraftInput>;

/** From the query: text. */
export const discardDraftInput = z.strictObject({ revision: z.coerce.number().int().min(0) });
export type DiscardDraftInput = z.input<typeof discardDraftInput>;

const differenceGroupSchema = z
  .object({
    functionSlug: z.string().nullable().describe("Null: it is about all functions."),
    title: z.string(),
    sentences: z.array(z.string()),
  })
  .meta({ id: "DifferenceGroup" });

export const draftDifferenceSchema = z
  .object({
    groups: z
      .array(differenceGroupSchema)
      .describe("What publishing the draft would change about the version in force."),
    problems: z.array(routeProblemSchema),
    revision: z.number().int(),
    basedOn: z.number().int(),
    routeVersion: z.number().int(),
    overtakenBy: z.string().nullable().describe("Somebody has published since the draft was begun; null: nobody."),
  })
  .meta({ id: "DraftDifference" });
export type DraftDifferenceDto = z.infer<typeof draftDifferenceSchema>;

export const publishDraftInput = z.strictObject({ revision, basedOn: routeVersion, note: noteInput });
export type PublishDraftInput = z.input<typeof publishDraftInput>;

export const routeVersionSchema = z
  .object({
    number: z.number().int(),
    note: z.string(),
    publishedBy: z.string(),
    publishedAt: z.iso.datetime(),
    isInForce: z.boolean(),
    mode: z.enum(MODES),
    tier: z.enum(TIERS),
    changes: z
      .array(z.string())
      .describe("What it changed about the one before, a sentence each; empty for the first."),
  })
  .meta({ id: "RouteVersion" });
export type RouteVersionDto = z.infer<typeof routeVersionSchema>;

export const routeVersionPageSchema = z
  .object({
    data: z.array(routeVersionSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "RouteVersionPage" });
export type RouteVersionPage = z.infer<typeof routeVersionPageSchema>;

export const listRouteVersionsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.coerce
    .number("Not a cursor.")
    .int("Not a cursor.")
    .positive("Not a cursor.")
    .max(MAX_VERSION_NUMBER, "Not a cursor.")
    .optional(),
});
export type ListRouteVersionsInput = z.input<typeof listRouteVersionsInput>;

export const routeVersionDetailSchema = routeVersionSchema
  .extend({
    config: routeConfigSchema,
    groups: z.array(differenceGroupSchema).describe("What going back to it would change about the version in force."),
    problems: z.array(routeProblemSchema),
  })
  .meta({ id: "RouteVersionDetail" });
export type RouteVersionDetailDto = z.infer<typeof routeVersionDetailSchema>;

/** From the path: text. */
const versionNumber = z.coerce
  .number("Not a number.")
  .int()
  .positive()
  .max(MAX_VERSION_NUMBER, "There is no such version.");

export const readRouteVersionInput = z.strictObject({ number: versionNumber });
export type ReadRouteVersionInput = z.input<typeof readRouteVersionInput>;

export const rollBackInput = z.strictObject({
  number: versionNumber,
  routeVersion,
  note: noteInput,
});
export type RollBackInput = z.input<typeof rollBackInput>;

export const tryRouteInput = z
  .strictObject({
    source: z
      .enum(["draft", "published"])
      .default("published")
      .describe("Whose plan: the draft's, or that of the version in force."),
    function: z.string().min(1).max(80).optional().describe("A function's slug, or `provider/model`: one of the two."),
    model: z
      .string()
      .max(400)
      .regex(/^[^/]+\/.+$/, "must be provider/model")
      .optional(),
    wire: z.enum(WIRES).optional().describe("Left out: the first that suits the function."),
    needs: z.array(z.enum(FEATURES)).max(FEATURES.length).default([]),
  })
  .refine((input) => (input.function === undefined) !== (input.model === undefined), {
    path: ["function"],
    message: "Name a function or a model, one of the two.",
  });
export type TryRouteInput = z.input<typeof tryRouteInput>;

const plannedTargetSchema = z
  .object({
    provider: z.string(),
    providerName: z.string(),
    model: z.string(),
    modelName: z.string(),
    connectionId: z.string(),
    connectionName: z.string(),
    owner: z.enum(["platform", "tenant"]),
    hosting: z.enum(["cloud", "self-hosted"]),
    host: z.string(),
    regions: z.array(z.string()).describe("Empty: not known."),
    isSimulated: z.boolean(),
    via: z.enum(["native", "translation"]),
    patience: z
      .object({
        firstTokenTimeoutMs: z.number().int(),
        answerTimeoutMs: z.number().int(),
        maxRetries: z.number().int(),
      })
      .describe("How long it is waited for, and how often it is tried again: its chain's word, else as usual."),
    reason: z.string(),
  })
  .meta({ id: "PlannedTarget" });

export const routePlanSchema = z
  .object({
    functionSlug: z.string().nullable(),
    mode: z.enum(MODES),
    tier: z.enum(TIERS).nullable().describe("Null where no tier chose the model."),
    source: z.enum(["draft", "published"]),
    routeVersion: z.number().int(),
    wire: z.enum(WIRES),
    targets: z.array(plannedTargetSchema),
    excluded: z.array(
      z.object({
        provider: z.string(),
        providerName: z.string(),
        model: z.string(),
        modelName: z.string(),
        reason: z.string(),
        cause: z.string(),
        param: z.string().nullable().describe("The need that it cannot serve; null when the request is not why."),
        waitMs: z
          .number()
          .int()
          .nullable()
          .describe("Milliseconds until it may be tried again; null when time will not help."),
      }),
    ),
  })
  .meta({ id: "RoutePlan" });
export type RoutePlanDto = z.infer<typeof routePlanSchema>;
