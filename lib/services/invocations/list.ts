import { z } from "zod";
import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type InvocationPage, type ListInvocationsInput, listInvocationsInput } from "./schemas.ts";
import { toInvocationDto } from "./to-dto.ts";

/** The tenant's invocations, newest first, a page at a time. */
export async function listInvocations(context: ServiceContext, input: ListInvocationsInput): Promise<InvocationPage> {
  authorize(context, "invocation:read");
  const { limit, cursor } = parseInput(listInvocationsInput, input);
  const { database, tenantId } = context;
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await withTenant(database, tenantId, (tx) =>
    tx.invocation.findMany({
      where: {
        tenantId,
        ...(after !== null && {
          OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    }),
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map(toInvocationDto),
    nextCursor: last === undefined ? null : `${last.createdAt.toISOString()}_${last.id}`,
  };
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const parsed = cursorSchema.safeParse(cursor.split("_"));
  // Nothing is older than the clock that ids are made by; the database knows no year 0.
  if (!parsed.success || Date.parse(parsed.data[0]) < 0) {
    throw new ServiceError("invalid_request", "The cursor is not one that a page gave. Start without it.", {
      fields: { cursor: "Not a cursor." },
    });
  }
  return { createdAt: new Date(parsed.data[0]), id: parsed.data[1] };
}
