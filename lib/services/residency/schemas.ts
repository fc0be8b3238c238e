import { z } from "zod";
import { residencySchema } from "../route-versions/config.ts";

const placeSchema = z.object({
  connectionId: z.string(),
  connectionName: z.string(),
  provider: z.string(),
  providerName: z.string(),
  owner: z.enum(["platform", "tenant"]),
  hosting: z.enum(["cloud", "self-hosted"]),
  host: z.string(),
  /** In the provider's own names; empty: not known. */
  regions: z.array(z.string()),
  /** Why calls may not go there; null: they may. */
  outside: z.string().nullable(),
});

const rejectedSchema = z.object({
  functionSlug: z.string(),
  functionName: z.string(),
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  modelName: z.string(),
  reason: z.string(),
});

export const residencyRuleSchema = z.object({
  /** Null: calls may go anywhere. */
  residency: z.object({ regions: z.array(z.string()), hosts: z.array(z.string()) }).nullable(),
  routeVersion: z.number().int(),
  publishedBy: z.string(),
  publishedAt: z.iso.datetime(),
  /** Every account that the mode in force may use. */
  places: z.array(placeSchema),
  /** Targets that the rule keeps functions' calls from, as things are. */
  rejected: z.array(rejectedSchema),
  /** Names of regions to choose from; others are taken too. */
  knownRegions: z.array(z.string()),
});
export type ResidencyDto = z.infer<typeof residencyRuleSchema>;

export const changeResidencyInput = z.strictObject({
  residency: residencySchema.nullable(),
  /** The version that the change was made on: refused when another has been published since. */
  routeVersion: z.int().positive(),
  note: z.string().trim().max(200, "At most 200 characters.").default(""),
});
export type ChangeResidencyInput = z.input<typeof changeResidencyInput>;

const MAX_DAYS = 400;
const DAY_MS = 86_400_000;

/** Whole hours: the one that `from` lies in is the first, the one before `to` the last. */
const period = z
  .strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ["to"], message: "It must lie after `from`." })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_DAYS * DAY_MS, {
    path: ["to"],
    message: `A period has at most ${MAX_DAYS} days.`,
  });

export const listDestinationsInput = period;
export type ListDestinationsInput = z.input<typeof listDestinationsInput>;

export const listRejectionsInput = period;
export type ListRejectionsInput = z.input<typeof listRejectionsInput>;

export const issueStatementInput = period;
export type IssueStatementInput = z.input<typeof issueStatementInput>;

const destinationSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  provider: z.string(),
  /** Empty: a test or the discovery of a connection that had not been saved. */
  connectionId: z.string(),
  /** Null: the connection is gone, or was never saved. */
  connectionName: z.string().nullable(),
  regions: z.array(z.string()),
  attempts: z.number().int(),
  /** By hour, or by day for a period of more than a week; only those with attempts. */
  counts: z.array(z.object({ start: z.iso.datetime(), attempts: z.number().int() })),
});
export type DestinationDto = z.infer<typeof destinationSchema>;

export const destinationListSchema = z.object({
  /** As it was counted: whole hours. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  interval: z.enum(["hour", "day"]),
  data: z.array(destinationSchema),
});
export type DestinationList = z.infer<typeof destinationListSchema>;

export const rejectionListSchema = z.object({
  /** As it was counted: whole hours. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  data: z.array(
    z.object({
      /** Null: direct calls. */
      functionSlug: z.string().nullable(),
      provider: z.string(),
      providerName: z.string(),
      model: z.string(),
      modelName: z.string(),
      reason: z.string(),
      /** How many calls were kept from it. */
      calls: z.number().int(),
    }),
  ),
});
export type RejectionList = z.infer<typeof rejectionListSchema>;
