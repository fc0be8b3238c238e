import { signedStatementSchema } from "#lib/residency/statement.ts";
import {
  changeResidencyInput,
  destinationListSchema,
  issueStatementInput,
  listDestinationsInput,
  listRejectionsInput,
  rejectionListSchema,
  residencyRuleSchema,
} from "#lib/services/residency/schemas.ts";
import { NO_INPUT, operation } from "../operation.ts";

const PERIOD = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" };

export const residencyOperations = {
  read: operation({
    id: "readResidency",
    method: "GET",
    path: "/residency",
    summary: "Read the residency rule",
    description: "Where calls may go, which accounts that leaves, and what it keeps functions from.",
    permission: "residency:read",
    input: NO_INPUT,
    answer: residencyRuleSchema,
    example: {},
  }),
  change: operation({
    id: "changeResidency",
    method: "PUT",
    path: "/residency",
    summary: "Change the residency rule",
    description: "In force at once, as a route version. It waits for no draft.",
    permission: "residency:write",
    input: changeResidencyInput,
    answer: residencyRuleSchema,
    refuses: { conflict: "Another version has been published since `routeVersion`." },
    example: { residency: { regions: ["eu-central-1"], hosts: [] }, routeVersion: 1, note: "Stay in the EU" },
  }),
  listDestinations: operation({
    id: "listDestinations",
    method: "GET",
    path: "/residency/destinations",
    summary: "List destinations",
    description: "Every end that calls went to in a period, with its counts.",
    permission: "residency:read",
    input: listDestinationsInput,
    answer: destinationListSchema,
    example: PERIOD,
  }),
  listRejections: operation({
    id: "listRejections",
    method: "GET",
    path: "/residency/rejections",
    summary: "List what the rule kept calls from",
    description: "Every target, with the reason and how many calls, most first.",
    permission: "residency:read",
    input: listRejectionsInput,
    answer: rejectionListSchema,
    example: PERIOD,
  }),
  issueStatement: operation({
    id: "issueStatement",
    method: "POST",
    path: "/residency/statement",
    summary: "Issue a signed statement",
    description:
      "All destinations of a period and what was allowed in it, signed with the key of `GET /api/statement-key`. `npm run statement:verify` checks it offline.",
    permission: "residency:read",
    input: issueStatementInput,
    answer: signedStatementSchema,
    example: PERIOD,
  }),
};
