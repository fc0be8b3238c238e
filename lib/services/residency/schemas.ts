import { z } from "zod";
import { residencyInput } from "../route-versions/config.ts";
import {
  connectionHost,
  connectionHosting,
  connectionId,
  connectionName,
  connectionOwner,
  functionName,
  functionSlug,
  modelId,
  modelName,
  noteInput,
  providerId,
  providerName,
  publishedAt,
  publishedBy,
  routeVersionInput,
  versionInForce,
} from "../schemas.ts";

const placeSchema = z.object({
  connectionId,
  connectionName,
  provider: providerId,
  providerName,
  owner: connectionOwner,
  hosting: connectionHosting,
  host: connectionHost,
  regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
  outside: z.string().nullable().describe("Why calls may not go there; null: they may."),
});

const rejectedSchema = z.object({
  functionSlug,
  functionName,
  provider: providerId,
  providerName,
  model: modelId,
  modelName,
  reason: z.string().describe("Why calls may not go to it, for people."),
});

export const residencyRuleSchema = z
  .object({
    residency: z
      .object({
        regions: z.array(z.string()).describe("Regions that calls may go to, in the providers' own names."),
        hosts: z.array(z.string()).describe("Hosts that calls may go to wherever they are."),
      })
      .nullable()
      .describe(
        "Calls may go to an account if its host is listed, or if its regions are known and each is. Null: anywhere.",
      ),
    routeVersion: versionInForce,
    publishedBy,
    publishedAt,
    places: z.array(placeSchema).describe("Every account that the mode in force may use."),
    rejected: z.array(rejectedSchema).describe("Targets that the rule keeps functions' calls from, as things are."),
    knownRegions: z.array(z.string()).describe("Names of regions to choose from; others are taken too."),
  })
  .meta({ id: "Residency", description: "Where calls may go, and what comes of that." });
export type ResidencyDto = z.infer<typeof residencyRuleSchema>;

export const changeResidencyInput = z.strictObject({
  residency: residencyInput
    .nullable()
    .describe(
      "Calls may go to an account if its host is listed, or if its regions are known and each is. Null: anywhere.",
    ),
  routeVersion: routeVersionInput,
  note: noteInput,
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
  .strictObject({
    from: z.iso.datetime().describe("In ISO 8601, UTC. The whole hour that it lies in is the first."),
    to: z.iso
      .datetime()
      .describe(`In ISO 8601, UTC, at most ${MAX_DAYS} days after \`from\`. The whole hour before it is the last.`),
  })
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
    host: z.string().describe("The host's name or address that was connected to."),
    port: z.number().int().describe("Its TCP port."),
    provider: z.string().describe("Id of the connection's provider; empty: the connection had not been saved."),
    connectionId: z
      .string()
      .describe("Id of the connection. Empty: a test or the discovery of a connection that had not been saved."),
    connectionName: z.string().nullable().describe("What people call it now; null: it is gone, or was never saved."),
    regions: z.array(z.string()).describe("Where it runs, in the provider's own names; empty: not known."),
    attempts: z.number().int().describe("How many requests went to it in the period."),
    counts: z
      .array(
        z.object({
          start: z.iso.datetime().describe("When the hour or day begins, in ISO 8601, UTC."),
          attempts: z.number().int().describe("How many requests went to it then."),
        }),
      )
      .describe("By hour, or by day for a period of more than a week; only those with attempts."),
  })
  .meta({ id: "Destination", description: "An end that calls went to through a connection." });
export type DestinationDto = z.infer<typeof destinationSchema>;

export const destinationListSchema = z
  .object({
    from: z.iso.datetime().describe("As it was counted: whole hours."),
    to: z.iso.datetime().describe("As it was counted: up to this hour and without it."),
    interval: z.enum(["hour", "day"]).describe("How long one of `counts` is. Days begin at midnight UTC."),
    data: z.array(destinationSchema).describe("In the order of their hosts."),
  })
  .meta({ id: "DestinationList", description: "Every end that a tenant's calls went to in a period." });
export type DestinationList = z.infer<typeof destinationListSchema>;

export const rejectionListSchema = z
  .object({
    from: z.iso.datetime().describe("As it was counted: whole hours."),
    to: z.iso.datetime().describe("As it was counted: up to this hour and without it."),
    data: z
      .array(
        z.object({
          functionSlug: functionSlug
            .nullable()
            .describe("The function that was called; null: models were called by name."),
          provider: providerId,
          providerName,
          model: modelId,
          modelName,
          reason: z.string().describe("Why calls could not go to it, for people."),
          calls: z.number().int().describe("How many calls were kept from it."),
        }),
      )
      .describe("Those with the most calls first."),
  })
  .meta({ id: "RejectionList", description: "Targets that the residency rule kept a tenant's calls from." });
export type RejectionList = z.infer<typeof rejectionListSchema>;
