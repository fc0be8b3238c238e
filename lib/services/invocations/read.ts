import { z } from "zod";
import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import { readConnectionNames } from "../connections/read-names.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import type { InvocationDetailDto } from "./schemas.ts";
import { toAttemptDto, toInvocationDto } from "./to-dto.ts";

/** One invocation with each of its attempts. Throws `not_found`. */
export async function readInvocation(context: ServiceContext, input: { id: string }): Promise<InvocationDetailDto> {
  authorize(context, "invocation:read");
  const { database, tenantId, platform } = context;
  const id = z.uuid().safeParse(input.id);
  const found = !id.success
    ? null
    : await withTenant(database, tenantId, async (tx) => {
        // The id's own time leads to its month: no other partition is searched.
        const invocation = await tx.invocation.findFirst({ where: { tenantId, id: id.data, ...monthOf(id.data) } });
        if (invocation === null) return null;
        const { createdAt } = invocation;
        const attempts = await tx.attempt.findMany({
          where: { tenantId, invocationId: id.data, createdAt },
          orderBy: { number: "asc" },
        });
        const names = await readConnectionNames(tx, tenantId, platform);
        return { ...toInvocationDto(invocation), attempts: attempts.map((attempt) => toAttemptDto(attempt, names)) };
      });
  if (found === null) {
    throw new ServiceError("not_found", "There is no such invocation. One just made appears within a second.");
  }
  return found;
}

/** A UUIDv7 begins with its making in epoch milliseconds, which is within a minute of the row's `created_at`. */
function monthOf(id: string) {
  const madeAtMs = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  if (madeAtMs > 8.64e15 - 60_000) return {};
  return { createdAt: { gte: new Date(madeAtMs - 60_000), lte: new Date(madeAtMs + 60_000) } };
}
