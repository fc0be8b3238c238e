import { z } from "zod";
import { residencyInput } from "../route-versions/config.ts";

const placeSchema = z.object({
  connectionId: z.string(),
  connectionName: z.string(),
  provider: z.string(),
  providerName: z.string(),
  owner: z.enum(["platform", "tenant"]),
  hosting: z.enum(["cloud", "self-hosted"]),
  host: z.string(),
  regions: z.array(z.string()).describe("In the provider's own names; empty: not known."),
  outside: z.string().nullable().describe("Why calls may not go there; null: they may."),
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

export const residencyRuleSchema = z
  .object({
    residency: z
      .object({ regions: z.array(z.string()), hosts: z.array(z.string()) })
      .nullable()
      .describe("Null: calls may go anywhere."),
    routeVersion: z.number().int(),
    publishedBy: z.string(),
    publishedAt: z.iso.datetime(),
    places: z.array(placeSchema).describe("Every account that the mode in force may use."),
    rejected: z.array(rejectedSchema).describe("Targets that the rule keeps functions' calls from, as things are."),
    knownRegions: z.array(z.string()).describe("Names of regions to choose from; others are taken too."),
  })
  .meta({ id: "Residency" });
export type ResidencyDto = z.infer<typeof residencyRuleSchema>;

export const changeResidencyInput = z.strictObject({
  residency: residencyInput.nullable(),
  routeVersion: z
    .int()
    .positive()
    .describe("The version that the change was made on: refused when another has been published since."),
  note: z.string().trim().max(200, "At most 200 characters.").default(""),
});
export type ChangeResidencyInput = z.input<typeof changeResidencyInput>;

const MAX_DAYS = 400;
const DAY_MS = 86_400_000;
/** Years that are written alike everywhere: in a database, in a statement and by whoever verifies one. */
const YEARS = { first: Date.UTC(1970), last: Date.UTC(9999, 0) };

function isInYears(time: string): boolean {
  return Date.parse(time) >= YEARS.first && Date.parse(time) < YEARS.last;
}

/** Whole hours: the one that `from` lies in is the first, the one before `to` the last. */
const period = z
  .strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })
  .refine(({ from }) => isInYears(from), { path: ["from"], message: "It must lie between 1970 and 9999." })
  .refine(({ to }) => isInYears(to), { path: ["to"], message: "It must lie between 1970 and 9999." })
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

const destinationSchema = z
  .object({
    host: z.string(),
    port: z.number().int(),
    provider: z.string(),
    connectionId: z.string().describe("Empty: a test or the discovery of a connection that had not been saved."),
    connectionName: z.string().nullable().describe("Null: the connection is gone, or was never saved."),
    regions: z.array(z.string()),
    attempts: z.number().int(),
    counts: z
      .array(z.object({ start: z.iso.datetime(), attempts: z.number().int() }))
      .describe("By hour, or by day for a period of more than a week; only those with attempts."),
  })
  .meta({ id: "Destination" });
export type DestinationDto = z.infer<typeof destinationSchema>;

export const destinationListSchema = z
  .object({
    from: z.iso.datetime().describe("As it was counted: whole hours."),
    to: z.iso.datetime(),
    interval: z.enum(["hour", "day"]),
    data: z.array(destinationSchema),
  })
  .meta({ id: "DestinationList" });
export type DestinationList = z.infer<typeof destinationListSchema>;

export const rejectionListSchema = z
  .object({
    from: z.iso.datetime().describe("As it was counted: whole hours."),
    to: z.iso.datetime(),
    data: z.array(
      z.object({
        functionSlug: z.string().nullable().describe("Null: direct calls."),
        provider: z.string(),
        providerName: z.string(),
        model: z.string(),
        modelName: z.string(),
        reason: z.string(),
        calls: z.number().int().describe("How many calls were kept from it."),
      }),
    ),
  })
  .meta({ id: "RejectionList" });
export type RejectionList = z.infer<typeof rejectionListSchema>;
