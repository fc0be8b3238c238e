import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
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
import { readDraft } from "../route-versions/read-draft.ts";
import { changeResidency } from "./change.ts";
import { issueStatement } from "./issue-statement.ts";
import { listDestinations } from "./list-destinations.ts";
import { listRejections } from "./list-rejections.ts";
import { readResidency } from "./read.ts";

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

const CONNECTIONS = [makeConnection("openai"), makeConnection("vertex", { regions: ["europe-west4"] })];

/** A tenant of an operator who has accounts. */
function context(role: Role = "owner") {
  const given = contextOf(opened.database, tenant, memberOf(tenant, role));
  const platform = { connections: CONNECTIONS, demoConnection: null };
  const routing = async () => ({ ...(await given.routing()), connections: CONNECTIONS, demoConnection: null });
  return { ...given, platform, routing };
}

const EU = { regions: ["europe-west4"], hosts: [] };

describe("the rule", () => {
  test("is none at first: every account is inside, whether or not it is known where it runs", async () => {
    const found = await readResidency(context());
    expect(found).toMatchObject({ residency: null, routeVersion: 1, publishedBy: "Switchyard", rejected: [] });
    expect(found.places.map(({ provider, outside }) => [provider, outside])).toEqual([
      ["openai", null],
      ["vertex", null],
    ]);
    expect(found.knownRegions).toEqual(expect.arrayContaining(["eu-central-1", "europe-west4"]));
  });

  test("is in force at once, as a route version with its note, and on record", async () => {
    const given = context("admin");
    const input = { residency: { regions: [" Europe-West4"], hosts: [] }, routeVersion: 1, note: "Data stays" };
    expect(await changeResidency(given, input)).toMatchObject({
      residency: EU,
      routeVersion: 2,
      publishedBy: "The admin",
    });
    expect(given.changes).toEqual([tenant.tenantId]);
    const sql = "SELECT actor_name, before, after FROM audit_event WHERE tenant_id = $1 AND action = 'route.publish'";
    expect((await opened.owner.query(sql, [tenant.tenantId])).rows).toMatchObject([
      { actor_name: "The admin", before: { routeVersion: 1 }, after: { residency: EU, note: "Data stays" } },
    ]);
  });

  test("says which accounts are outside and why, and what it keeps each function from", async () => {
    await changeResidency(context(), { residency: EU, routeVersion: 1 });
    const { places, rejected } = await readResidency(context());
    expect(places.map(({ provider, outside }) => [provider, outside])).toEqual([
      ["openai", "it is not known where openai runs it"],
      ["vertex", null],
    ]);
    const ofMail = rejected.filter(({ functionSlug }) => functionSlug === "email-classification");
    expect(ofMail.length).toBeGreaterThan(0);
    expect(new Set(ofMail.map(({ provider }) => provider))).toEqual(new Set(["openai"]));
    expect(ofMail[0]?.reason).toContain("is left out: it is not known where openai runs it");
  });

  test("is put in force although something else is missing", async () => {
    const config = { mode: "bring-your-own", tier: "balanced" };
    const sql =
      "INSERT INTO route_version (tenant_id, number, config, note, published_by) VALUES ($1, 2, $2, '', 'Ann')";
    await opened.owner.query(sql, [tenant.tenantId, config]);
    const nothing = { regions: [], hosts: [] };
    expect(await changeResidency(context(), { residency: nothing, routeVersion: 2 })).toMatchObject({
      residency: nothing,
    });
  });

  test("overtakes a draft, which cannot be published over it unseen", async () => {
    await changeResidency(context(), { residency: EU, routeVersion: 1 });
    const late = changeResidency(context("admin"), { residency: null, routeVersion: 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict", status: 409 });
    await expect(late).rejects.toThrow("The owner has published version 2 in the meantime");
    expect(await readDraft(context())).toMatchObject({ basedOn: 2, config: { residency: EU } });
  });

  test.each<[string, unknown, string]>([
    ["a place that is no region", { regions: ["in Frankfurt"], hosts: [] }, "residency.regions.0"],
    ["a host with a scheme", { regions: [], hosts: ["https://a.example"] }, "residency.hosts.0"],
    ["a host with a port", { regions: [], hosts: ["a.example:443"] }, "residency.hosts.0"],
    ["half an address", { regions: [], hosts: ["gpu.example", "127.1"] }, "residency.hosts.0"],
    ["half a rule", { regions: [] }, "residency.hosts"],
    ["no rule", undefined, "residency"],
  ])("is refused as %s", async (_, residency, field) => {
    const attempt = changeResidency(context(), { residency, routeVersion: 1 } as Parameters<typeof changeResidency>[1]);
    await expect(attempt).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });
});

const PERIOD = { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" };

async function reach(hour: string, part: Record<string, unknown> = {}) {
  const row = {
    connection: "platform:openai",
    provider: "openai",
    host: "api.openai.com",
    port: 443,
    regions: [],
    attempts: 1,
    ...part,
  };
  const sql =
    "INSERT INTO destination_hourly (tenant_id, hour, connection, provider, host, port, regions, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
  await opened.owner.query(sql, [
    tenant.tenantId,
    hour,
    row.connection,
    row.provider,
    row.host,
    row.port,
    row.regions,
    row.attempts,
  ]);
}

describe("destinations", () => {
  test("are those of the hours that hold the period, by connection, with their counts and every region", async () => {
    await reach("2026-10-31T23:00:00Z", { attempts: 100 });
    await reach("2026-11-01T00:00:00Z", { attempts: 3, regions: ["b", "a"] });
    await reach("2026-11-01T07:00:00Z", { attempts: 4, regions: ["c"] });
    await reach("2026-11-01T07:00:00Z", { connection: "0190a000-0000-7000-8000-0000000000c1", attempts: 5 });
    await reach("2026-11-02T00:00:00Z", { attempts: 200 });
    const openai = { host: "api.openai.com", port: 443, provider: "openai" };
    expect(await listDestinations(context(), { from: "2026-11-01T00:59:00Z", to: "2026-11-01T23:01:00Z" })).toEqual({
      from: "2026-11-01T00:00:00.000Z",
      to: "2026-11-02T00:00:00.000Z",
      interval: "hour",
      data: [
        {
          ...openai,
          connectionId: "0190a000-0000-7000-8000-0000000000c1",
          connectionName: null,
          regions: [],
          attempts: 5,
          counts: [{ start: "2026-11-01T07:00:00.000Z", attempts: 5 }],
        },
        {
          ...openai,
          connectionId: "platform:openai",
          connectionName: "openai",
          regions: ["a", "b", "c"],
          attempts: 7,
          counts: [
            { start: "2026-11-01T00:00:00.000Z", attempts: 3 },
            { start: "2026-11-01T07:00:00.000Z", attempts: 4 },
          ],
        },
      ],
    });
  });

  test("of more than a week are summed up by day", async () => {
    await reach("2026-11-01T01:00:00Z");
    await reach("2026-11-01T23:00:00Z");
    await reach("2026-11-03T00:00:00Z");
    const { interval, data } = await listDestinations(context(), { ...PERIOD, to: "2026-11-10T00:00:00Z" });
    expect(interval).toBe("day");
    expect(data[0]?.counts).toEqual([
      { start: "2026-11-01T00:00:00.000Z", attempts: 2 },
      { start: "2026-11-03T00:00:00.000Z", attempts: 1 },
    ]);
  });

  test.each<[string, object, string]>([
    ["no period", {}, "from"],
    ["a period that ends before it begins", { from: PERIOD.to, to: PERIOD.from }, "to"],
    ["a period of years", { from: "2020-01-01T00:00:00Z", to: PERIOD.to }, "to"],
    ["a time that is none", { ...PERIOD, from: "yesterday" }, "from"],
    ["a year that the database does not know", { from: "0000-01-01T00:00:00Z", to: "0000-02-01T00:00:00Z" }, "from"],
    ["an hour of the year 10000", { from: "9999-12-31T00:00:00Z", to: "9999-12-31T23:59:00Z" }, "to"],
  ])("are refused for %s", async (_, period, field) => {
    const attempt = listDestinations(context(), period as typeof PERIOD);
    await expect(attempt).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });
});

describe("rejections", () => {
  test("are those of the period, by function and target, most first, with their reasons", async () => {
    const reject = (hour: string, slug: string, provider: string, calls: number) =>
      opened.owner.query(
        "INSERT INTO rejection_hourly (tenant_id, hour, function_slug, provider, model, reason, calls) VALUES ($1, $2, $3, $4, 'gpt-5.4-mini', 'it is elsewhere', $5)",
        [tenant.tenantId, hour, slug, provider, calls],
      );
    await reject("2026-10-31T23:00:00Z", "ticket-triage", "openai", 100);
    await reject("2026-11-01T07:00:00Z", "ticket-triage", "openai", 2);
    await reject("2026-11-01T08:00:00Z", "ticket-triage", "openai", 3);
    await reject("2026-11-01T08:00:00Z", "", "openai", 9);
    const { data } = await listRejections(context(), PERIOD);
    const openai = { provider: "openai", providerName: "OpenAI", model: "gpt-5.4-mini", modelName: "GPT-5.4 mini" };
    expect(data).toEqual([
      { functionSlug: null, ...openai, reason: "it is elsewhere", calls: 9 },
      { functionSlug: "ticket-triage", ...openai, reason: "it is elsewhere", calls: 5 },
    ]);
  });
});

describe("who may", () => {
  test.each<Role>(["developer", "finance", "viewer"])("a %s reads and changes nothing", async (role) => {
    expect(await readResidency(context(role))).toMatchObject({ residency: null });
    const attempt = changeResidency(context(role), { residency: EU, routeVersion: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("a key needs management:read to read, management:write to change", async () => {
    const reader = contextOf(opened.database, tenant, keyWith(["management:read"]));
    expect(await listDestinations(reader, PERIOD)).toMatchObject({ data: [] });
    await expect(changeResidency(reader, { residency: EU, routeVersion: 1 })).rejects.toMatchObject({
      code: "not_allowed",
    });
    const writer = contextOf(opened.database, tenant, keyWith(["management:write"]));
    await expect(issueStatement(writer, PERIOD)).rejects.toMatchObject({ code: "not_allowed" });
  });
});
