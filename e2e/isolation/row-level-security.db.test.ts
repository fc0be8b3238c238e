import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openDatabase, withTenant } from "#lib/db/client.ts";
import { insertRows } from "#lib/ledger/insert-rows.ts";
import { toRow } from "#lib/ledger/record-row.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { makeInvocation } from "./support/gateway.ts";
import { contextOf, makeTenant, type Opened, openTestDatabase, type TestTenant } from "./support/tenants.ts";

/** Every table of a tenant's data: the column that names the tenant, and what the app may do besides reading. */
const TENANT_TABLES = {
  tenant: { column: "id", may: ["INSERT", "UPDATE"] },
  membership: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  api_key: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  usage_hourly: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  latency_hourly: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  destination_hourly: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  rejection_hourly: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  tenant_data_key: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  connection: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  connection_health: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  connection_health_quarter: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  connection_hourly: { column: "tenant_id", may: ["INSERT", "UPDATE"] },
  route_draft: { column: "tenant_id", may: ["INSERT", "UPDATE", "DELETE"] },
  // Only ever added to.
  route_version: { column: "tenant_id", may: ["INSERT"] },
  invocation: { column: "tenant_id", may: ["INSERT"] },
  attempt: { column: "tenant_id", may: ["INSERT"] },
  audit_event: { column: "tenant_id", may: ["INSERT"] },
} as const;
type TenantTable = keyof typeof TENANT_TABLES;
const tables = Object.keys(TENANT_TABLES) as TenantTable[];

/** People belong to no tenant; who sees them is a rule of its own. */
const PEOPLE = "app_user";
/** Not the app's business: it has no right to it at all. */
const NOT_THE_APPS = "_prisma_migrations";

const PRIVILEGES = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"];

let opened: Opened;
let app: pg.Client;
let a: TestTenant;
let b: TestTenant;

beforeAll(async () => {
  opened = await openTestDatabase();
  app = new pg.Client({ connectionString: opened.test.appUrl });
  await app.connect();
  [a, b] = [await fill("acme"), await fill("globex")];
});
afterAll(async () => {
  await app.end();
  await opened.close();
});

/** A tenant with a row in every table. */
async function fill(slug: string): Promise<TestTenant> {
  const tenant = await makeTenant(opened.database, slug);
  await createApiKey(contextOf(opened.database, tenant), { name: slug, scopes: ["gateway:invoke"] });
  const record = makeInvocation({ id: uuidv7(), tenantId: tenant.tenantId, createdAtMs: Date.now() });
  await insertRows(opened.database, tenant.tenantId, [toRow(record)]);
  await withTenant(opened.database, tenant.tenantId, async (tx) => {
    const { tenantId } = tenant;
    await tx.tenantDataKey.create({ data: { tenantId, version: 1, keyId: "k", wrapped: Buffer.from(slug) } });
    await tx.routeDraft.create({ data: { tenantId, config: {}, basedOn: 1, revision: 1, updatedBy: slug } });
    const account = { provider: "openai", name: slug, priority: 1, fields: {}, updatedBy: slug };
    const connectionId = uuidv7();
    await tx.connection.create({ data: { tenantId, id: connectionId, ...account } });
    await tx.connectionHealth.create({ data: { tenantId, connectionId, nextCheckAt: new Date(0) } });
    const quarter = { start: new Date(0), checks: 1, failures: 0, latencyMsSum: 1 };
    await tx.connectionHealthQuarter.create({ data: { tenantId, connectionId, ...quarter } });
    const place = { connection: "c", provider: "openai", host: slug, port: 443, attempts: 1 };
    await tx.destinationHourly.create({ data: { tenantId, hour: new Date(0), ...place } });
    const rejection = { functionSlug: "triage", provider: "openai", model: "large", reason: slug, calls: 1 };
    await tx.rejectionHourly.create({ data: { tenantId, hour: new Date(0), ...rejection } });
  });
  return tenant;
}

/** Runs one statement as the app with these settings, and undoes it. */
async function asApp(settings: Record<string, string>, sql: string, values: unknown[] = []) {
  await app.query("BEGIN");
  try {
    for (const [name, value] of Object.entries(settings))
      await app.query("SELECT set_config($1, $2, true)", [name, value]);
    return await app.query(sql, values);
  } finally {
    await app.query("ROLLBACK");
  }
}
const inA = (sql: string, values?: unknown[]) => asApp({ "app.tenant_id": a.tenantId }, sql, values);
const asOwner = async (sql: string, values?: unknown[]) => (await opened.owner.query(sql, values)).rows;
const REFUSED = { code: "42501" };

test("every table of the schema is enrolled here by name", async () => {
  const found = await asOwner(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname`,
  );
  expect(found.map(({ relname }) => relname)).toEqual([...tables, PEOPLE, NOT_THE_APPS].sort());
});

test("nothing stands beside the tables that could show their rows to the app", async () => {
  const sql = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')";
  expect(await asOwner(sql)).toEqual([]);
  const definers = await asOwner(
    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname",
  );
  expect(definers).toEqual([{ proname: "claim_connection_checks" }, { proname: "ensure_ledger_months" }]);
});

test.each([...tables, PEOPLE])("row-level security is on and forced on %s", async (table) => {
  const sql = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass";
  expect(await asOwner(sql, [table])).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
});

test("the app's role is no owner, no superuser, not BYPASSRLS, and can become none of these", async () => {
  const { rows } = await app.query(
    `SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'member')
       AND (rolsuper OR rolbypassrls OR rolcreaterole
         OR oid IN (SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace))`,
  );
  expect(rows).toEqual([]);
});

describe("the app's rights", () => {
  const rightsTo = async (table: string) => {
    const sql = "SELECT p FROM unnest($2::text[]) AS p WHERE has_table_privilege(current_user, $1::regclass, p)";
    return (await app.query(sql, [table, PRIVILEGES])).rows.map(({ p }) => p);
  };

  test.each(tables)("to %s are what it needs and no more", async (table) => {
    expect(await rightsTo(table)).toEqual(["SELECT", ...TENANT_TABLES[table].may]);
  });

  test("to people do not include taking them away, and to the migrations there are none", async () => {
    expect(await rightsTo(PEOPLE)).toEqual(["SELECT", "INSERT", "UPDATE"]);
    expect(await rightsTo(NOT_THE_APPS)).toEqual([]);
  });

  test("to a partition by its own name are none: that way leads round row-level security", async () => {
    const partitions = await asOwner("SELECT inhrelid::regclass::text AS name FROM pg_inherits ORDER BY 1");
    expect(
      partitions.filter(({ name }) => /^(invocation|attempt)_(default|\d{4}_\d\d)$/.test(name)).length,
    ).toBeGreaterThanOrEqual(10);
    for (const { name } of partitions) {
      if (/_(pkey|idx)$/.test(name)) continue;
      expect(await rightsTo(name), name).toEqual([]);
    }
  });
});

describe.each(tables)("%s", (table) => {
  const { column, may } = TENANT_TABLES[table];
  const can = (privilege: string) => (may as readonly string[]).includes(privilege);
  const rowsOfB = () =>
    asOwner(`SELECT * FROM ${table} WHERE ${column} = $1 ORDER BY t::text`.replace(table, `${table} t`), [b.tenantId]);
  /** One of A's rows once more, as B's. */
  const stolen = `INSERT INTO ${table} SELECT (jsonb_populate_record(r, jsonb_build_object('${column}', $1::text))).* FROM ${table} r LIMIT 1`;

  test("a query without a condition sees A's rows and never B's", async () => {
    const { rows } = await inA(`SELECT ${column} AS tenant FROM ${table}`);
    expect(new Set(rows.map(({ tenant }) => tenant))).toEqual(new Set([a.tenantId]));
    expect(await rowsOfB()).not.toEqual([]);
  });

  test("B's rows are not found by asking for them", async () => {
    expect((await inA(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [b.tenantId])).rowCount).toBe(0);
  });

  test.each<Record<string, string>>([
    {},
    { "app.tenant_id": "" },
    { "app.tenant_id": "00000000-0000-0000-0000-000000000000" },
  ])("with %j nothing is seen", async (settings) => {
    expect((await asApp(settings, `SELECT 1 FROM ${table}`)).rowCount).toBe(0);
  });

  test("a row of B's cannot be added", async () => {
    await expect(inA(stolen, [b.tenantId])).rejects.toMatchObject(REFUSED);
    await expect(asApp({}, stolen, [a.tenantId])).resolves.toMatchObject({ rowCount: 0 });
  });

  test("B's rows cannot be changed, nor A's handed to B", async () => {
    const before = await rowsOfB();
    const touch = `UPDATE ${table} SET ${column} = ${column} WHERE ${column} = $1`;
    const hand = `UPDATE ${table} SET ${column} = $1`;
    if (can("UPDATE")) expect((await inA(touch, [b.tenantId])).rowCount).toBe(0);
    else await expect(inA(touch, [a.tenantId])).rejects.toMatchObject(REFUSED);
    await expect(inA(hand, [b.tenantId])).rejects.toMatchObject(REFUSED);
    expect(await rowsOfB()).toEqual(before);
  });

  test("B's rows cannot be taken away", async () => {
    if (can("DELETE")) expect((await inA(`DELETE FROM ${table} WHERE ${column} = $1`, [b.tenantId])).rowCount).toBe(0);
    else await expect(inA(`DELETE FROM ${table}`)).rejects.toMatchObject(REFUSED);
    await expect(inA(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject(REFUSED);
  });
});

test("a setting that is no id is an error, not a way in", async () => {
  await expect(asApp({ "app.tenant_id": "' OR true --" }, "SELECT * FROM invocation")).rejects.toMatchObject({
    code: "22P02",
  });
});

test("a tenant ends with its transaction: the same connection sees nothing afterwards", async () => {
  const single = openDatabase(opened.test.appUrl, 1);
  const seen = () => single.$queryRaw`SELECT id FROM tenant`;
  expect(await withTenant(single, a.tenantId, (tx) => tx.$queryRaw`SELECT id FROM tenant`)).toHaveLength(1);
  expect(await seen()).toEqual([]);
  await expect(withTenant(single, a.tenantId, () => Promise.reject(new Error("undone")))).rejects.toThrow("undone");
  expect(await seen()).toEqual([]);
  await single.$disconnect();
});
