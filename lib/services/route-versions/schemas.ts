import { z } from "zod";
import { MODES, TIERS } from "#lib/gateway/contract/catalog.ts";
import { FEATURES, WIRES } from "#lib/gateway/contract/wire.ts";
import { routeConfigInput, routeConfigSchema } from "./config.ts";

const noteInput = z.string().trim().max(200, "At most 200 characters.").default("");

/** The revision of the draft that was seen; 0: there was none. */
const revision = z.int().min(0);
/** The version that was seen in force. */
const routeVersion = z.int().positive();

export const routeProblemSchema = z.object({
  /** An error keeps the draft from being published; a warning does not. */
  severity: z.enum(["error", "warning"]),
  functionSlug: z.string().nullable(),
  /** Its place in the configuration: `overrides.email-classification.0`. */
  field: z.string(),
  message: z.string(),
});

export const routeDraftSchema = z.object({
  config: routeConfigSchema,
  /** The version that the draft began as a copy of. */
  basedOn: z.number().int(),
  /** To be sent back with the next change: refused when somebody has changed the draft since. */
  revision: z.number().int(),
  /** Nobody is working on anything: this is a copy of what is in force. */
  isUntouched: z.boolean(),
  updatedBy: z.string().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  /** The version in force. While it is not `basedOn` the draft cannot be published. */
  published: z.object({ number: z.number().int(), publishedBy: z.string(), publishedAt: z.iso.datetime() }),
  problems: z.array(routeProblemSchema),
});
export type RouteDraftDto = z.infer<typeof routeDraftSchema>;

export const saveDraftInput = z.strictObject({ config: routeConfigInput, revision, basedOn: routeVersion });
export type SaveDraftInput = z.input<typeof saveDraftInput>;

/** From the query: text. */
export const discardDraftInput = z.strictObject({ revision: z.coerce.number().int().min(0) });
export type DiscardDraftInput = z.input<typeof discardDraftInput>;

const differenceGroupSchema = z.object({
  /** Null: it is about all functions. */
  functionSlug: z.string().nullable(),
  title: z.string(),
  sentences: z.array(z.string()),
});

export const draftDifferenceSchema = z.object({
  /** What publishing the draft would change about the version in force. */
  groups: z.array(differenceGroupSchema),
  problems: z.array(routeProblemSchema),
  revision: z.number().int(),
  basedOn: z.number().int(),
  routeVersion: z.number().int(),
  /** Somebody has published since the draft was begun; null: nobody. */
  overtakenBy: z.string().nullable(),
});
export type DraftDifferenceDto = z.infer<typeof draftDifferenceSchema>;

export const publishDraftInput = z.strictObject({ revision, basedOn: routeVersion, note: noteInput });
export type PublishDraftInput = z.input<typeof publishDraftInput>;

export const routeVersionSchema = z.object({
  number: z.number().int(),
  note: z.string(),
  publishedBy: z.string(),
  publishedAt: z.iso.datetime(),
  isInForce: z.boolean(),
  mode: z.enum(MODES),
  tier: z.enum(TIERS),
  /** What it changed about the one before, a sentence each; empty for the first. */
  changes: z.array(z.string()),
});
export type RouteVersionDto = z.infer<typeof routeVersionSchema>;

export const routeVersionPageSchema = z.object({
  data: z.array(routeVersionSchema),
  nextCursor: z.string().nullable(),
});
export type RouteVersionPage = z.infer<typeof routeVersionPageSchema>;

export const listRouteVersionsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.coerce.number("Not a cursor.").int("Not a cursor.").positive("Not a cursor.").optional(),
});
export type ListRouteVersionsInput = z.input<typeof listRouteVersionsInput>;

export const routeVersionDetailSchema = routeVersionSchema.extend({
  config: routeConfigSchema,
  /** What going back to it would change about the version in force. */
  groups: z.array(differenceGroupSchema),
  problems: z.array(routeProblemSchema),
});
export type RouteVersionDetailDto = z.infer<typeof routeVersionDetailSchema>;

/** From the path: text. */
export const readRouteVersionInput = z.strictObject({ number: z.coerce.number().int().positive() });
export type ReadRouteVersionInput = z.input<typeof readRouteVersionInput>;

export const rollBackInput = z.strictObject({
  number: z.coerce.number().int().positive(),
  routeVersion,
  note: noteInput,
});
export type RollBackInput = z.input<typeof rollBackInput>;

export const tryRouteInput = z
  .strictObject({
    /** Whose plan: the draft's, or that of the version in force. */
    source: z.enum(["draft", "published"]).default("published"),
    /** A function's slug, or `provider/model`: one of the two. */
    function: z.string().min(1).max(80).optional(),
    model: z
      .string()
      .max(400)
      .regex(/^[^/]+\/.+$/, "must be provider/model")
      .optional(),
    /** Left out: the first that suits the function. */
    wire: z.enum(WIRES).optional(),
    needs: z.array(z.enum(FEATURES)).max(FEATURES.length).default([]),
  })
  .refine((input) => (input.function === undefined) !== (input.model === undefined), {
    path: ["function"],
    message: "Name a function or a model, one of the two.",
  });
export type TryRouteInput = z.input<typeof tryRouteInput>;

const plannedTargetSchema = z.object({
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  modelName: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  owner: z.enum(["platform", "tenant"]),
  hosting: z.enum(["cloud", "self-hosted"]),
  host: z.string(),
  /** Empty: not known. */
  regions: z.array(z.string()),
  isSimulated: z.boolean(),
  via: z.enum(["native", "translation"]),
  reason: z.string(),
});

export const routePlanSchema = z.object({
  functionSlug: z.string().nullable(),
  mode: z.enum(MODES),
  /** Null where no tier chose the model. */
  tier: z.enum(TIERS).nullable(),
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
      /** The need that it cannot serve; null when the request is not why. */
      param: z.string().nullable(),
      /** Milliseconds until it may be tried again; null when time will not help. */
      waitMs: z.number().int().nullable(),
    }),
  ),
});
export type RoutePlanDto = z.infer<typeof routePlanSchema>;
