import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  contextOf,
  keyWith,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { Role } from "../permissions.ts";
import { changeMode } from "./change.ts";
import { readMode } from "./read.ts";

let opened: Opened;
let tenant: TestTenant;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
});
afterAll(() => opened.close());

const context = (role: Role = "owner") => contextOf(opened.database, tenant, memberOf(tenant, role));

async function versions() {
  const sql = "SELECT number, config, note, published_by FROM route_version WHERE tenant_id = $1 ORDER BY number";
  return (await opened.owner.query(sql, [tenant.tenantId])).rows;
}
async function audits() {
  const sql = "SELECT * FROM audit_event WHERE tenant_id = $1 AND action = 'route.publish' ORDER BY id";
  return (await opened.owner.query(sql, [tenant.tenantId])).rows;
}

test("publishes the next version, in force at once, and leaves the earlier one as it was", async () => {
  const before = await versions();
  const mode = await changeMode(context(), { tier: "economy", routeVersion: 1, note: " Save " });
  expect(mode).toMatchObject({ tier: "economy", routeVersion: 2, note: "Save", publishedBy: "The owner" });
  expect(await readMode(context())).toMatchObject({ tier: "economy", routeVersion: 2 });
  const config = { mode: "platform-managed", tier: "economy" };
  expect(await versions()).toEqual([...before, { number: 2, config, note: "Save", published_by: "The owner" }]);
});

test("puts on record who changed what, before and after", async () => {
  await changeMode(context("admin"), { tier: "performance", routeVersion: 1 });
  expect(await audits()).toMatchObject([
    {
      actor_kind: "member",
      actor_id: tenant.ownerId,
      actor_name: "The admin",
      target_kind: "route-version",
      target_id: "2",
      before: { mode: "platform-managed", tier: "balanced", routeVersion: 1 },
      after: { mode: "platform-managed", tier: "performance", routeVersion: 2, note: "" },
      address: "203.0.113.7",
    },
  ]);
});

test("a version and its audit event are written together or not at all", async () => {
  await opened.owner.query(
    "ALTER TABLE audit_event ADD CONSTRAINT no_more CHECK (action <> 'route.publish') NOT VALID",
  );
  const given = context();
  await expect(changeMode(given, { tier: "economy", routeVersion: 1 })).rejects.toThrow("no_more");
  await opened.owner.query("ALTER TABLE audit_event DROP CONSTRAINT no_more");
  expect(await versions()).toHaveLength(1);
  expect(given.changes).toEqual([]);
});

test("this process forgets what it knew of the tenant, after the change", async () => {
  const given = context();
  await changeMode(given, { tier: "economy", routeVersion: 1 });
  expect(given.changes).toEqual([tenant.tenantId]);
});

test("what is left out stays as it is", async () => {
  await changeMode(context(), { canRetryFiltered: true, routeVersion: 1 });
  expect(await readMode(context())).toMatchObject({ tier: "balanced", canRetryFiltered: true, routeVersion: 2 });
  await changeMode(context(), { tier: "economy", routeVersion: 2 });
  expect(await readMode(context())).toMatchObject({ tier: "economy", canRetryFiltered: true });
  await changeMode(context(), { canRetryFiltered: false, routeVersion: 3 });
  expect(await readMode(context())).toMatchObject({ tier: "economy", canRetryFiltered: false });
});

test("gives functions tiers of their own, and takes them back; those that are not named keep theirs", async () => {
  const functionTiers = { "ticket-triage": "economy", "reply-drafting": "performance" } as const;
  const mode = await changeMode(context(), { functionTiers, routeVersion: 1 });
  expect(mode).toMatchObject({ tier: "balanced", functionTiers });
  await changeMode(context(), { functionTiers: { "ticket-triage": null }, routeVersion: 2 });
  expect((await readMode(context())).functionTiers).toEqual({ "reply-drafting": "performance" });
});

describe("what the change would leave missing is refused", () => {
  test("a mode without a connection", async () => {
    const attempt = changeMode(context(), { mode: "bring-your-own", routeVersion: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { mode: expect.any(String) } });
    expect(await versions()).toHaveLength(1);
  });

  test("a tier of a function that there is not", async () => {
    const attempt = changeMode(context(), { functionTiers: { nope: "economy" }, routeVersion: 1 });
    await expect(attempt).rejects.toMatchObject({ fields: { "functionTiers.nope": "There is no function nope." } });
  });

  test("but not what was missing before: it does not keep another change from being made", async () => {
    const config = { mode: "bring-your-own", tier: "balanced" };
    const sql =
      "INSERT INTO route_version (tenant_id, number, config, note, published_by) VALUES ($1, 2, $2, '', 'Ann')";
    await opened.owner.query(sql, [tenant.tenantId, config]);
    expect(await changeMode(context(), { canRetryFiltered: true, routeVersion: 2 })).toMatchObject({ routeVersion: 3 });
  });
});

describe("a change made on a version that is no longer in force", () => {
  test("is a conflict that says who published in the meantime", async () => {
    await changeMode(context("admin"), { tier: "economy", routeVersion: 1 });
    const late = changeMode(context(), { tier: "performance", routeVersion: 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict", status: 409 });
    await expect(late).rejects.toThrow("The admin has published version 2");
    expect(await versions()).toHaveLength(2);
    expect(await audits()).toHaveLength(1);
  });

  test("and so is one made on a version that is yet to come", async () => {
    const early = changeMode(context(), { tier: "economy", routeVersion: 2 });
    await expect(early).rejects.toMatchObject({ code: "conflict" });
  });
});

test("of editors who publish at the same moment exactly one wins", async () => {
  const tiers = ["economy", "performance", "balanced", "economy"] as const;
  const results = await Promise.allSettled(tiers.map((tier) => changeMode(context(), { tier, routeVersion: 1 })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  }
  expect((await versions()).map(({ number }) => number)).toEqual([1, 2]);
  expect(await audits()).toHaveLength(1);
});

describe("who may", () => {
  test.each<Role>(["developer", "finance", "viewer"])("not a %s", async (role) => {
    const attempt = changeMode(context(role), { tier: "economy", routeVersion: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "not_allowed", status: 403 });
    expect(await versions()).toHaveLength(1);
  });

  test.each([[["management:read"]], [["gateway:invoke"]], [[]]])("not a key with %j", async (scopes) => {
    const given = contextOf(opened.database, tenant, keyWith(scopes));
    const attempt = changeMode(given, { tier: "economy", routeVersion: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("a key that may read and write", async () => {
    const given = contextOf(opened.database, tenant, keyWith(["management:read", "management:write"]));
    expect(await changeMode(given, { tier: "economy", routeVersion: 1 })).toMatchObject({ publishedBy: "Robot" });
  });
});

describe("what is refused as input", () => {
  test.each<[string, object, string]>([
    ["an unknown tier", { tier: "free", routeVersion: 1 }, "tier"],
    ["no version", { tier: "economy" }, "routeVersion"],
    ["a version as text", { tier: "economy", routeVersion: "1" }, "routeVersion"],
    ["a long note", { tier: "economy", routeVersion: 1, note: "x".repeat(201) }, "note"],
    ["a note that cannot be stored", { tier: "economy", routeVersion: 1, note: "a\0b" }, "note"],
    ["an unknown mode", { mode: "x", routeVersion: 1 }, "mode"],
    [
      "an unknown tier of a function",
      { functionTiers: { "ticket-triage": "x" }, routeVersion: 1 },
      "functionTiers.ticket-triage",
    ],
    ["a field that there is not", { tier: "economy", routeVersion: 1, colour: "red" }, "colour"],
  ])("%s", async (_, input, field) => {
    const attempt = changeMode(context(), input as Parameters<typeof changeMode>[1]);
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { [field]: expect.any(String) } });
  });
});
