import { v7 as uuidv7 } from "uuid";
import { Prisma, type Transaction } from "#lib/db/client.ts";
import type { ServiceContext } from "./context.ts";

interface AuditEntry {
  /** `<entity>.<verb>`, e.g. `api-key.revoke`. */
  action: string;
  targetKind: string;
  targetId: string;
  /** What changed, without secrets. */
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
}

/** Writes who changed what, in the transaction of the change itself: neither is there without the other. */
export async function recordAudit(tx: Transaction, context: ServiceContext, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      tenantId: context.tenantId,
      id: uuidv7(),
      actorKind: context.actor.kind,
      actorId: context.actor.id,
      actorName: context.actor.name,
      action: entry.action,
      targetKind: entry.targetKind,
      targetId: entry.targetId,
      before: entry.before ?? Prisma.DbNull,
      after: entry.after ?? Prisma.DbNull,
      address: context.address,
    },
  });
}
