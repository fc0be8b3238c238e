import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTenant, type Opened, openTestDatabase } from "#e2e/isolation/support/tenants.ts";
import { withTenant } from "#lib/db/client.ts";
import { createTenant, createUser } from "./create.ts";
import { listMyTenants } from "./list-mine.ts";
import { myTenantSchema } from "./schemas.ts";

let opened: Opened;

beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const newUser = (email: string) => createUser(opened.database, { email, name: "Ann", passwordHash: "none" });
const addMember = (tenantId: string, userId: string, role: string) =>
  withTenant(opened.database, tenantId, (tx) => tx.membership.create({ data: { tenantId, userId, role } }));

test("a tenant is made with its owner, a first route version and its audit event", async () => {
  const { tenantId, ownerId } = await makeTenant(opened.database, "acme");
  const read = async (sql: string) => (await opened.owner.query(sql, [tenantId])).rows;
  expect(await read("SELECT slug, name FROM tenant WHERE id = $1")).toEqual([{ slug: "acme", name: "ACME" }]);
  expect(await read("SELECT user_id, role FROM membership WHERE tenant_id = $1")).toEqual([
    { user_id: ownerId, role: "owner" },
  ]);
  expect(await read("SELECT number, config FROM route_version WHERE tenant_id = $1")).toEqual([
    { number: 1, config: { mode: "platform-managed", tier: "balanced" } },
  ]);
  expect(await read("SELECT action, actor_kind, target_id FROM audit_event WHERE tenant_id = $1")).toEqual([
    { action: "tenant.create", actor_kind: "system", target_id: tenantId },
  ]);
});

test("a slug is taken once, and a second tenant of that name leaves nothing behind", async () => {
  await makeTenant(opened.database, "taken");
  const owner = await newUser("late@example.com");
  await expect(createTenant(opened.database, { slug: "taken", name: "Late", owner })).rejects.toThrow(
    "Unique constraint",
  );
  expect(await listMyTenants(opened.database, owner.id)).toEqual([]);
});

test.each(["", "-a", "a-", "a--b", "A", "a b", "ä", "a".repeat(49)])("%j is no slug", async (slug) => {
  const owner = await newUser(`for-${Buffer.from(slug).toString("hex")}@example.com`);
  await expect(createTenant(opened.database, { slug, name: "X", owner })).rejects.toThrow("tenant_slug_shape");
});

test("an e-mail address belongs to one person, whatever its case", async () => {
  await newUser("Ann@Example.com");
  await expect(newUser("ann@example.COM")).rejects.toThrow("Unique constraint");
});

test("a person's tenants are listed by name, each with their role there, and no others", async () => {
  const user = await newUser("member@example.com");
  const zebra = await makeTenant(opened.database, "zebra");
  const alpha = await makeTenant(opened.database, "alpha");
  await makeTenant(opened.database, "foreign");
  await addMember(zebra.tenantId, user.id, "viewer");
  await addMember(alpha.tenantId, user.id, "finance");
  const tenants = await listMyTenants(opened.database, user.id);
  expect(tenants).toEqual([
    { id: alpha.tenantId, slug: "alpha", name: "ALPHA", role: "finance" },
    { id: zebra.tenantId, slug: "zebra", name: "ZEBRA", role: "viewer" },
  ]);
  for (const tenant of tenants) expect(myTenantSchema.parse(tenant)).toEqual(tenant);
});

test("a role that there is not cannot be given", async () => {
  const { tenantId } = await makeTenant(opened.database, "roles");
  const user = await newUser("root@example.com");
  await expect(addMember(tenantId, user.id, "root")).rejects.toThrow("membership_role");
});
