import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import {
  connectionPorts,
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
  tenantConnections,
} from "#e2e/isolation/support/tenants.ts";
import { compileCatalog } from "#lib/catalog/index.ts";
import { listenForConfigChanges } from "#lib/db/config-changes.ts";
import { changeMode } from "#lib/services/mode/change.ts";
import { createSnapshotCache } from "./snapshot-cache.ts";

let opened: Opened;
let tenant: TestTenant;
let count = 0;
let aheadMs = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  aheadMs = 0;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => opened.close());

const ACME = makeConnection("acme");
const PLATFORM = { connections: [ACME], demoConnection: null, deadlineMs: 90_000 };
const catalog = compileCatalog();
const cacheOf = (isListening = true) => {
  const tenants = tenantConnections(connectionPorts(opened.database).vault);
  return createSnapshotCache(opened.database, { ...PLATFORM, tenants, catalog }, () => isListening);
};
/** As another instance would: no cache of this test hears of it by itself. */
const publishBehind = (number: number, tier: string) =>
  opened.owner.query("INSERT INTO route_version VALUES ($1, $2, $3, '', 'Ann')", [
    tenant.tenantId,
    number,
    JSON.stringify({ mode: "platform-managed", tier }),
  ]);

test("a snapshot holds the version in force, the platform's accounts and the catalog, and cannot be changed", async () => {
  await publishBehind(2, "performance");
  await publishBehind(10, "economy");
  const snapshot = await cacheOf().get(tenant.tenantId);
  expect(snapshot).toMatchObject({ ...PLATFORM, tenantId: tenant.tenantId, tenantSlug: tenant.slug });
  expect(snapshot).toMatchObject({ routeVersion: 10, mode: "platform-managed", tier: "economy" });
  expect(snapshot.functions.has("email-classification")).toBe(true);
  expect(Object.isFrozen(snapshot)).toBe(true);
});

test("it is compiled once, then answered from memory; callers that come together share it", async () => {
  const cache = cacheOf();
  const [first, second] = await Promise.all([cache.get(tenant.tenantId), cache.get(tenant.tenantId)]);
  await publishBehind(2, "economy");
  expect(second).toBe(first);
  expect(await cache.get(tenant.tenantId)).toBe(first);
});

test("while changes are not heard it counts for a second only", async () => {
  const cache = cacheOf(false);
  await cache.get(tenant.tenantId);
  await publishBehind(2, "economy");
  aheadMs = 1_100;
  await vi.waitFor(async () => expect(await cache.get(tenant.tenantId)).toMatchObject({ routeVersion: 2 }));
});

test("forgetting lets go of one tenant's, clearing of all", async () => {
  const other = await makeTenant(opened.database, `other-${count}`);
  const cache = cacheOf();
  const [ours, theirs] = [await cache.get(tenant.tenantId), await cache.get(other.tenantId)];
  cache.forget(tenant.tenantId);
  expect(await cache.get(tenant.tenantId)).not.toBe(ours);
  expect(await cache.get(other.tenantId)).toBe(theirs);
  cache.clear();
  expect(await cache.get(other.tenantId)).not.toBe(theirs);
});

test("forgetting while it is compiled keeps what may be old from being remembered", async () => {
  const cache = cacheOf();
  const early = cache.get(tenant.tenantId);
  cache.forget(tenant.tenantId);
  await early;
  await publishBehind(2, "economy");
  expect(await cache.get(tenant.tenantId)).toMatchObject({ routeVersion: 2 });
});

test("a tenant that is not there is not remembered as missing", async () => {
  const cache = cacheOf();
  const tenantId = uuidv7();
  await expect(cache.get(tenantId)).rejects.toThrow();
  await opened.owner.query("INSERT INTO tenant (id, slug, name) VALUES ($1, $2, 'Late')", [tenantId, `late-${count}`]);
  await opened.owner.query("INSERT INTO route_version SELECT $1, 1, config, '', '' FROM route_version LIMIT 1", [
    tenantId,
  ]);
  expect(await cache.get(tenantId)).toMatchObject({ tenantSlug: `late-${count}` });
});

test("a change through the service holds for the very next call", async () => {
  const cache = cacheOf();
  await cache.get(tenant.tenantId);
  const context = { ...contextOf(opened.database, tenant), configChanged: (id: string) => cache.forget(id) };
  await changeMode(context, { tier: "economy", routeVersion: 1 });
  expect(await cache.get(tenant.tenantId)).toMatchObject({ routeVersion: 2, tier: "economy" });
});

test("a change made elsewhere is heard within two seconds", async () => {
  const cache = cacheOf();
  const changes = listenForConfigChanges(opened.test.appUrl, {
    onChange: (tenantId) => cache.forget(tenantId),
    onGap: () => cache.clear(),
  });
  await vi.waitFor(() => expect(changes.isListening()).toBe(true), { timeout: 5_000 });
  await cache.get(tenant.tenantId);
  await publishBehind(2, "economy");
  await vi.waitFor(async () => expect(await cache.get(tenant.tenantId)).toMatchObject({ routeVersion: 2 }), {
    timeout: 2_000,
  });
  await changes.close();
});
