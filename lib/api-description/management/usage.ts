import { usageInput, usageSchema } from "#lib/services/usage/schemas.ts";
import { operation } from "../operation.ts";

export const usageOperations = {
  summarize: operation({
    id: "summarizeUsage",
    method: "GET",
    path: "/usage",
    summary: "Summarize usage",
    description: "Requests, failures, tokens, cost and latency of a range, against the same length of time before it.",
    permission: "usage:read",
    input: usageInput,
    answer: usageSchema,
    example: { range: "7d" },
  }),
};
