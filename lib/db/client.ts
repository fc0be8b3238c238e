import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "./generated/client.ts";

export { Prisma };
export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** The app's connections: as the role that row-level security binds, never as the owner. */
export function openDatabase(appUrl: string, maxConnections: number): Database {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: appUrl, max: maxConnections, application_name: "switchyard" }),
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
}

/** One transaction that sees and writes the rows of one tenant. The tenant's query conditions come on top of it. */
export function withTenant<Result>(
  database: Database,
  tenantId: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withSetting(database, "app.tenant_id", tenantId, work);
}

/** One transaction that sees a signed-in person's own row, memberships and tenants. */
export function withUser<Result>(
  database: Database,
  userId: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withSetting(database, "app.user_id", userId, work);
}

/** One transaction that sees the person with this e-mail address: for sign-in, before anybody is known. */
export function withEmail<Result>(
  database: Database,
  email: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withSetting(database, "app.user_email", email, work);
}

/** One transaction that sees the API key with this SHA-256, in hex: for calls, before their tenant is known. */
export function withKeyHash<Result>(
  database: Database,
  hash: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withSetting(database, "app.key_hash", hash, work);
}

type Setting = "app.tenant_id" | "app.user_id" | "app.user_email" | "app.key_hash";

function withSetting<Result>(
  database: Database,
  name: Setting,
  value: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config(${name}, ${value}, true)`;
    return work(tx);
  });
}
