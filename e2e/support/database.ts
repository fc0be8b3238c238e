import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    databaseOwnerUrl: string;
    databaseTemplate: string;
  }
}

export interface TestDatabase {
  ownerUrl: string;
  /** The same database as the role that the app runs as: row-level security holds for it. */
  appUrl: string;
  drop(): Promise<void>;
}

const APP_LOGIN = "switchyard_app_login";
const APP_PASSWORD = "test-app-password";

/** A migrated, empty database of the caller's own; a test file makes one in `beforeAll` and drops it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject("databaseTemplate")}`);
}

/** A database without any migration, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create("");
}

async function create(options: string): Promise<TestDatabase> {
  const serverUrl = inject("databaseOwnerUrl");
  const name = `switchyard_test_${randomBytes(6).toString("hex")}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name} ${options}`);
  const ownerUrl = urlOfDatabase(serverUrl, name);
  return {
    ownerUrl,
    appUrl: appUrlFor(ownerUrl),
    drop: () => runOnServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The app's login on the same database; `applyMigrations` makes the role. */
export function appUrlFor(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = APP_LOGIN;
  url.password = APP_PASSWORD;
  return url.href;
}

async function runOnServer(serverUrl: string, statement: string) {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
