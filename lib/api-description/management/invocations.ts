import {
  invocationDetailSchema,
  invocationPageSchema,
  listInvocationsInput,
} from "#lib/services/invocations/schemas.ts";
import { BY_ID, operation } from "../operation.ts";

export const invocationOperations = {
  list: operation({
    id: "listInvocations",
    method: "GET",
    path: "/invocations",
    summary: "List invocations",
    description: "Newest first, a page at a time.",
    permission: "invocation:read",
    input: listInvocationsInput,
    answer: invocationPageSchema,
    example: { limit: 20 },
  }),
  read: operation({
    id: "readInvocation",
    method: "GET",
    path: "/invocations/{id}",
    summary: "Read an invocation",
    description: "With each of its attempts. One just made appears within a second.",
    permission: "invocation:read",
    input: BY_ID,
    answer: invocationDetailSchema,
    refuses: { not_found: "Or the tenant has no such invocation." },
    example: { id: "$INVOCATION_ID" },
  }),
};
