import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import {
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  SIGNING_KEY,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { verifyStatement } from "#lib/residency/verify-statement.ts";
import { issueStatement } from "./issue-statement.ts";

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
function context() {
  const given = contextOf(opened.database, tenant);
  const platform = { connections: CONNECTIONS, demoConnection: null };
  const routing = async () => ({ ...(await given.routing()), connections: CONNECTIONS, demoConnection: null });
  return { ...given, platform, routing };
}

const EU = { regions: ["europe-west4"], hosts: [] };

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

describe("a statement", () => {
  const publicKey = Buffer.from(SIGNING_KEY.publicKey, "base64");

  test("lists every destination of the period and what was allowed in it, and is valid as it is sent", async () => {
    await reach("2026-11-01T07:00:00Z", { attempts: 4, regions: ["eu-central-1"] });
    await reach("2026-11-01T08:00:00Z", { attempts: 2, regions: ["eu-central-1"] });
    await reach("2026-11-01T08:00:00Z", { connection: "", provider: "", host: "gpu.example", port: 8443 });
    await opened.owner.query("UPDATE route_version SET published_at = '2026-10-01' WHERE tenant_id = $1", [
      tenant.tenantId,
    ]);
    const { statement, signature } = await issueStatement(context(), PERIOD);
    expect(statement).toMatchObject({
      tenant: { id: tenant.tenantId, slug: tenant.slug, name: tenant.slug.toUpperCase() },
      keyId: SIGNING_KEY.keyId,
      period: { from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z", isFinal: true },
      rules: [{ routeVersion: 1, since: "2026-10-01T00:00:00.000Z", mode: "platform-managed", residency: null }],
      destinations: [
        { host: "api.openai.com", connectionName: "openai", attempts: 6, counts: [{ attempts: 4 }, { attempts: 2 }] },
        { host: "gpu.example", port: 8443, connectionId: "", connectionName: null, attempts: 1 },
      ],
      totals: { destinations: 2, attempts: 7 },
    });
    expect(verifyStatement(JSON.stringify({ signature, statement }), publicKey)).toMatchObject({ isValid: true });
  });

  test("names every rule that was in force in the period, and none before it but the first", async () => {
    const at = async (number: number, publishedAt: string) =>
      opened.owner.query(
        "INSERT INTO route_version (tenant_id, number, config, note, published_by, published_at) VALUES ($1, $2, $3, '', 'Ann', $4)",
        [tenant.tenantId, number, { mode: "platform-managed", tier: "economy", residency: EU }, publishedAt],
      );
    await opened.owner.query("UPDATE route_version SET published_at = '2026-09-01' WHERE tenant_id = $1", [
      tenant.tenantId,
    ]);
    await at(2, "2026-10-01T00:00:00Z");
    await at(3, "2026-11-01T12:00:00Z");
    await at(4, "2026-11-02T00:00:00Z");
    const { statement } = await issueStatement(context(), PERIOD);
    expect(statement.rules.map(({ routeVersion }) => routeVersion)).toEqual([2, 3]);
    expect(statement.rules[0]?.residency).toEqual(EU);
  });

  test("of a period that has not ended says that it is not final", async () => {
    const to = new Date(Date.now() + 60_000).toISOString();
    const { statement } = await issueStatement(context(), { from: new Date(Date.now() - 60_000).toISOString(), to });
    expect(statement.period.isFinal).toBe(false);
  });

  test("of a period without calls says so", async () => {
    const { statement } = await issueStatement(context(), PERIOD);
    expect(statement).toMatchObject({ destinations: [], totals: { destinations: 0, attempts: 0 } });
  });

  test("is put on record with its signature", async () => {
    const { signature } = await issueStatement(context(), PERIOD);
    const sql = "SELECT after FROM audit_event WHERE tenant_id = $1 AND action = 'residency.statement'";
    const { rows } = await opened.owner.query(sql, [tenant.tenantId]);
    expect(rows).toMatchObject([{ after: { from: "2026-11-01T00:00:00.000Z", signature: signature.value } }]);
  });

  test("is of this tenant alone", async () => {
    await reach("2026-11-01T07:00:00Z");
    const other = await makeTenant(opened.database, `other-${count}`);
    const { statement } = await issueStatement(contextOf(opened.database, other), PERIOD);
    expect(statement.destinations).toEqual([]);
  });
});
