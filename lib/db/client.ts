import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "./generated/client.ts";

export { Prisma };
/** Prisma, and the pool it works on for the one statement that is too large to go through it cheaply. */
export type Database = PrismaClient & { readonly pool: pg.Pool };
export type Transaction = Prisma.TransactionClient;

/** The app's connections: as the role that row-level security binds, never as the owner. */
export function openDatabase(appUrl: string, maxConnections: number): Database {
  const pool = new pg.Pool({ connectionString: appUrl, max: maxConnections, application_name: "switchyard" });
  // A connection that breaks while nobody uses it is replaced by the next one that is asked for.
  pool.on("error", () => {});
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
  return Object.assign(client, { pool });
}

/** One transaction that sees and writes the rows of one tenant. The tenant's query conditions come on top of it. */
export function withTenant<Result>(
  database: Database,
  tenantId: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withSetting(database, "app.tenant_id", tenantId, work);
}

/**
 * One statement within one tenant, past Prisma: for batches of hundreds of rows as one JSON parameter, which Prisma
 * copies several times on their way. Errors are node-postgres's own, with their SQLSTATE in `code`.
 */
export async function queryWithinTenant<Row extends pg.QueryResultRow>(
  { pool }: Database,
  tenantId: string,
  statement: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SELECT set_config('app.tenant_id', ${pg.escapeLiteral(tenantId)}, true)`);
    const { rows } = await client.query<Row>(statement, [...values]);
    await client.query("COMMIT");
    client.release();
    return rows;
  } catch (error) {
    // The transaction ends with its connection, whatever state it is in.
    client.release(true);
    throw error;
  }
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
