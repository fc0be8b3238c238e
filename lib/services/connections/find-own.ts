import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { ServiceError } from "../errors.ts";
import { readStored, type StoredConnection } from "./stored.ts";

/** The tenant's connection of this id. Throws `not_found`. */
export async function findOwn(tx: Transaction, tenantId: string, id: string): Promise<StoredConnection> {
  const uuid = z.uuid().safeParse(id);
  const where = { tenantId_id: { tenantId, id: uuid.data ?? "" } };
  const row = uuid.success ? await tx.connection.findUnique({ where }) : null;
  if (row === null) throw noSuchConnection();
  return readStored(row);
}

export function noSuchConnection(): ServiceError {
  return new ServiceError("not_found", "There is no such connection in this tenant.");
}

/** The tenant's connections as calls try them: by priority, older ones first. */
export async function listOwn(tx: Transaction, tenantId: string): Promise<StoredConnection[]> {
  const orderBy = [{ priority: "asc" as const }, { createdAt: "asc" as const }, { id: "asc" as const }];
  return (await tx.connection.findMany({ where: { tenantId }, orderBy })).map(readStored);
}
