import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "#e2e/support/database.ts";
import { applyMigrations, findDrift } from "./apply.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

test("the migrations make an empty database, and applying them again does nothing", async () => {
  const empty = await createEmptyDatabase();
  onTestFinished(() => empty.drop());
  expect(await applyMigrations(empty.ownerUrl, empty.appUrl, ROOT)).not.toEqual([]);
  expect(await applyMigrations(empty.ownerUrl, empty.appUrl, ROOT)).toEqual([]);
});

test("several instances that start at once migrate once", async () => {
  const empty = await createEmptyDatabase();
  onTestFinished(() => empty.drop());
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(empty.ownerUrl, empty.appUrl, ROOT)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test("the committed migrations lead to schema.prisma and nothing else", async () => {
  expect(await findDrift(database.ownerUrl, ROOT)).toBeNull();
});

test("a column that no migration makes is found", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "switchyard-drift-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await cp(path.join(ROOT, "prisma"), path.join(root, "prisma"), { recursive: true });
  const file = path.join(root, "prisma/schema.prisma");
  const schema = await readFile(file, "utf8");
  await writeFile(file, schema.replace("model Tenant {", "model Tenant {\n  planted String?"));
  expect(await findDrift(database.ownerUrl, root)).toContain('ALTER TABLE "tenant" ADD COLUMN     "planted" TEXT');
});

test("the app's role is no superuser, cannot bypass row-level security and owns no table", async () => {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  const role = await client.query(
    "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user",
  );
  const owned = await client.query(
    "SELECT relname FROM pg_class WHERE pg_has_role(current_user, relowner, 'member') AND relkind IN ('r', 'p')",
  );
  await client.end();
  expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
  expect(owned.rows).toEqual([]);
});

test("row-level security is forced on every table that the app's role can read", async () => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const open = await client.query(
    `SELECT relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
        AND NOT (relrowsecurity AND relforcerowsecurity)
        AND has_table_privilege('switchyard_app_login', oid, 'SELECT')`,
  );
  await client.end();
  expect(open.rows).toEqual([]);
});

test("an app URL that names the owner is refused", async () => {
  await expect(applyMigrations(database.ownerUrl, database.ownerUrl, ROOT)).rejects.toThrow(
    "could read past row-level security",
  );
});
