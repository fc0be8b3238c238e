import { z } from "zod";
import { mode, nextCursor, noteInput, publishedAt, publishedBy, routeVersionInput, tier } from "../schemas.ts";
import { routeConfigInput, routeConfigSchema } from "./config.ts";
import { MAX_VERSION_NUMBER } from "./limits.ts";

const REVISION =
  "The revision of the draft that was seen; 0: there was none. Refused when somebody has changed it since.";
const revision = z.int().min(0).describe(REVISION);
const basedOn = z
  .int()
  .positive()
  .describe("The version that the draft began as a copy of, or a later one that has been seen since.");
const versionNumber = z.number().int().describe("Its number: 1 for the first, and one more with each publication.");

export const routeProblemSchema = z
  .object({
    severity: z
      .enum(["error", "warning"])
      .describe("An error keeps the draft from being published; a warning does not."),
    functionSlug: z.string().nullable().describe("The function that it is about; null: it is about all of them."),
    field: z.string().describe("Its place in the configuration: `overrides.email-classification.0`."),
    message: z.string().describe("What is wrong, in a sentence for people."),
  })
  .meta({ id: "RouteProblem", description: "Something that is wrong with a configuration, as things are now." });

export const routeDraftSchema = z
  .object({
    config: routeConfigSchema.describe("What would be published."),
    basedOn: z.number().int().describe("The version that the draft began as a copy of."),
    revision: z
      .number()
      .int()
      .describe("To be sent back with the next change: refused when somebody has changed the draft since."),
    isUntouched: z.boolean().describe("Nobody is working on anything: this is a copy of what is in force."),
    updatedBy: z
      .string()
      .nullable()
      .describe("Name of the person or API key that changed it last; null where it is untouched."),
    updatedAt: z.iso
      .datetime()
      .nullable()
      .describe("When it was last changed, in ISO 8601, UTC; null where it is untouched."),
    published: z
      .object({ number: versionNumber, publishedBy, publishedAt })
      .describe("The version in force. While it is not `basedOn` the draft cannot be published."),
    problems: z.array(routeProblemSchema).describe("What is wrong with it, errors first; empty: nothing."),
    usualPatience: z
      .record(
        z.string(),
        z.object({
          firstTokenTimeoutMs: z
            .number()
            .int()
            .describe("Milliseconds that a stream may be silent before its first content."),
          answerTimeoutMs: z
            .number()
            .int()
            .describe("Milliseconds that an answer may take which the caller gets in one piece."),
        }),
      )
      .describe("By provider: what a target gets there whose chain says nothing of it."),
  })
  .meta({ id: "RouteDraft", description: "The configuration that a tenant's people work on." });
export type RouteDraftDto = z.infer<typeof routeDraftSchema>;

export const saveDraftInput = z.strictObject({
  config: routeConfigInput.describe("The whole draft: what is left out is not kept from before."),
  revision,
  basedOn,
});
export type SaveDraftInput = z.input<typeof saveDraftInput>;

/** From the query: text. */
export const discardDraftInput = z.strictObject({
  revision: z.coerce.number().int().min(0).describe(REVISION),
});
export type DiscardDraftInput = z.input<typeof discardDraftInput>;

const differenceGroupSchema = z
  .object({
    functionSlug: z.string().nullable().describe("Null: it is about all functions."),
    title: z.string().describe("The function's name, or what of all functions it is about."),
    sentences: z.array(z.string()).describe("What changes, a sentence each, for people."),
  })
  .meta({ id: "DifferenceGroup", description: "What changes for one function, or for all of them." });

export const draftDifferenceSchema = z
  .object({
    groups: z
      .array(differenceGroupSchema)
      .describe("What publishing the draft would change about the version in force."),
    problems: z
      .array(routeProblemSchema)
      .describe("What is wrong with the draft, errors first; an error keeps it from being published."),
    revision: z.number().int().describe("The draft's revision, to be sent back when it is published."),
    basedOn: z.number().int().describe("The version that the draft began as a copy of."),
    routeVersion: z.number().int().describe("Number of the route version in force."),
    overtakenBy: z
      .string()
      .nullable()
      .describe("Name of who has published since the draft was begun; null: nobody has."),
  })
  .meta({ id: "DraftDifference", description: "The draft beside the version in force." });
export type DraftDifferenceDto = z.infer<typeof draftDifferenceSchema>;

export const publishDraftInput = z.strictObject({
  revision,
  basedOn: z.int().positive().describe("The draft's `basedOn`, which has to be the version in force still."),
  note: noteInput,
});
export type PublishDraftInput = z.input<typeof publishDraftInput>;

export const routeVersionSchema = z
  .object({
    number: versionNumber,
    note: z.string().describe("What its publisher said of it; empty: nothing."),
    publishedBy,
    publishedAt,
    isInForce: z.boolean().describe("Whether calls are routed by it now: the latest one is."),
    mode,
    tier: tier.describe("Which model the platform picks for every function that has no tier of its own."),
    changes: z
      .array(z.string())
      .describe("What it changed about the one before, a sentence each; empty for the first."),
  })
  .meta({ id: "RouteVersion", description: "A published configuration. It never changes." });
export type RouteVersionDto = z.infer<typeof routeVersionSchema>;

export const routeVersionPageSchema = z
  .object({
    data: z.array(routeVersionSchema).describe("Newest first."),
    nextCursor,
  })
  .meta({ id: "RouteVersionPage", description: "A page of the versions." });
export type RouteVersionPage = z.infer<typeof routeVersionPageSchema>;

export const listRouteVersionsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25).describe("How many a page holds at most."),
  cursor: z.coerce
    .number("Not a cursor.")
    .int("Not a cursor.")
    .positive("Not a cursor.")
    .max(MAX_VERSION_NUMBER, "Not a cursor.")
    .optional()
    .describe("As the previous page's `nextCursor` gave it; left out: the newest page."),
});
export type ListRouteVersionsInput = z.input<typeof listRouteVersionsInput>;

export const routeVersionDetailSchema = routeVersionSchema
  .extend({
    config: routeConfigSchema.describe("What was published."),
    groups: z.array(differenceGroupSchema).describe("What going back to it would change about the version in force."),
    problems: z
      .array(routeProblemSchema)
      .describe(
        "What is wrong with it as things are now, errors first; an error keeps it from being put in force again.",
      ),
  })
  .meta({ id: "RouteVersionDetail", description: "A published configuration, with what going back to it would mean." });
export type RouteVersionDetailDto = z.infer<typeof routeVersionDetailSchema>;

/** From the path: text. */
const numberInput = z.coerce
  .number("Not a number.")
  .int()
  .positive()
  .max(MAX_VERSION_NUMBER, "There is no such version.")
  .describe("The version's number.");

export const readRouteVersionInput = z.strictObject({ number: numberInput });
export type ReadRouteVersionInput = z.input<typeof readRouteVersionInput>;

export const rollBackInput = z.strictObject({
  number: numberInput,
  routeVersion: routeVersionInput,
  note: noteInput,
});
export type RollBackInput = z.input<typeof rollBackInput>;
