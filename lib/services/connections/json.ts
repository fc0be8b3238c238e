import { Prisma } from "#lib/db/client.ts";

/** A value for a JSON column that may be without one. */
export function asJson(value: Prisma.InputJsonValue | null) {
  return value === null ? Prisma.DbNull : value;
}
