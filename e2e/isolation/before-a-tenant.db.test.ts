import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { createUser } from "#lib/services/tenants/create.ts";
import { contextOf, makeTenant, type Opened, openTestDatabase, type TestTenant } from "./support/tenants.ts";

/** What may be seen before a tenant is known: by a signed-in person, by an address at sign-in, by a presented key. */
let opened: Opened;
let app: pg.Client;
let a: TestTenant;
let b: TestTenant;
let loner: { id: string };

beforeAll(async () => {
  opened = await openTestDatabase();
  app = new pg.Client({ connectionString: opened.test.appUrl });
  await app.connect();
  [a, b] = [await makeTenant(opened.database, "acme"), await makeTenant(opened.database, "globex")];
  loner = await createUser(opened.database, { email: "loner@example.com", name: "Loner", passwordHash: "none" });
});
afterAll(async () => {
  await app.end();
  await opened.close();
});

async function as(settings: Record<string, string>, sql: string, values: unknown[] = []) {
  await app.query("BEGIN");
  try {
    for (const [name, value] of Object.entries(settings))
      await app.query("SELECT set_config($1, $2, true)", [name, value]);
    return await app.query(sql, values);
  } finally {
    await app.query("ROLLBACK");
  }
}
const idsOf = async (settings: Record<string, string>, table: string) =>
  (await as(settings, `SELECT id FROM ${table}`)).rows.map(({ id }) => id);

describe("people are seen", () => {
  test("by themselves", async () => {
    expect(await idsOf({ "app.user_id": loner.id }, "app_user")).toEqual([loner.id]);
  });

  test("at sign-in by their exact address, one at a time", async () => {
    expect(await idsOf({ "app.user_email": "loner@example.com" }, "app_user")).toEqual([loner.id]);
    for (const email of ["", "%", "LONER@example.com", "nobody@example.com"]) {
      expect(await idsOf({ "app.user_email": email }, "app_user")).toEqual([]);
    }
  });

  test("by the tenants that they belong to, and by no other", async () => {
    expect(await idsOf({ "app.tenant_id": a.tenantId }, "app_user")).toEqual([a.ownerId]);
    expect(await idsOf({ "app.tenant_id": b.tenantId }, "app_user")).toEqual([b.ownerId]);
  });

  test("by nobody without a setting", async () => {
    expect(await idsOf({}, "app_user")).toEqual([]);
  });
});

describe("people are changed by themselves alone", () => {
  const rename = "UPDATE app_user SET name = 'Mallory'";
  test("not by the tenants that see them, nor by whoever knows their address", async () => {
    expect((await as({ "app.tenant_id": a.tenantId }, rename)).rowCount).toBe(0);
    expect((await as({ "app.user_email": "loner@example.com" }, rename)).rowCount).toBe(0);
    expect((await as({ "app.user_id": loner.id }, rename)).rowCount).toBe(1);
  });

  test("nobody makes another person, or becomes one", async () => {
    const make = "INSERT INTO app_user (id, email, name) VALUES ($1, 'new@example.com', 'New')";
    await expect(as({ "app.user_id": loner.id }, make, [a.ownerId])).rejects.toMatchObject({ code: "42501" });
    const become = as({ "app.user_id": loner.id }, "UPDATE app_user SET id = $1", [a.ownerId]);
    await expect(become).rejects.toMatchObject({ code: "42501" });
  });
});

describe("a signed-in person", () => {
  test("sees their own memberships and tenants, and no other", async () => {
    const settings = { "app.user_id": a.ownerId };
    expect(await idsOf(settings, "tenant")).toEqual([a.tenantId]);
    expect((await as(settings, "SELECT tenant_id FROM membership")).rows).toEqual([{ tenant_id: a.tenantId }]);
    expect(await idsOf({ "app.user_id": loner.id }, "tenant")).toEqual([]);
  });

  test("sees nothing of what is inside them, and changes neither", async () => {
    const settings = { "app.user_id": a.ownerId };
    for (const table of ["api_key", "route_version", "invocation", "attempt", "usage_hourly", "audit_event"]) {
      expect((await as(settings, `SELECT 1 FROM ${table}`)).rowCount, table).toBe(0);
    }
    expect((await as(settings, "UPDATE tenant SET name = 'Mine'")).rowCount).toBe(0);
    expect((await as(settings, "UPDATE membership SET role = 'owner'")).rowCount).toBe(0);
    expect((await as(settings, "DELETE FROM membership")).rowCount).toBe(0);
  });

  test("does not let themselves into a tenant", async () => {
    const join = "INSERT INTO membership (tenant_id, user_id, role) VALUES ($1, $2, 'owner')";
    const attempt = as({ "app.user_id": loner.id }, join, [a.tenantId, loner.id]);
    await expect(attempt).rejects.toMatchObject({ code: "42501" });
  });
});

test("a presented key shows its own row and none other, and changes nothing", async () => {
  const input = { name: "k", scopes: ["gateway:invoke" as const] };
  const ours = await createApiKey(contextOf(opened.database, a), input);
  await createApiKey(contextOf(opened.database, b), input);
  const settings = { "app.key_hash": createHash("sha256").update(ours.secret).digest("hex") };
  expect(await idsOf(settings, "api_key")).toEqual([ours.id]);
  expect(await idsOf({ "app.key_hash": "00".repeat(32) }, "api_key")).toEqual([]);
  expect(await idsOf({ "app.key_hash": "" }, "api_key")).toEqual([]);
  expect(await idsOf(settings, "tenant")).toEqual([]);
  expect((await as(settings, "UPDATE api_key SET revoked_at = NULL")).rowCount).toBe(0);
});
