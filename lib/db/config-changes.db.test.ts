import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { listenForConfigChanges } from "./config-changes.ts";

let opened: Opened;
let tenant: TestTenant;

beforeAll(async () => {
  opened = await openTestDatabase();
  tenant = await makeTenant(opened.database, "acme");
});
afterAll(() => opened.close());

function listen() {
  const heard: string[] = [];
  const onGap = vi.fn();
  const changes = listenForConfigChanges(opened.test.appUrl, { onChange: (id) => void heard.push(id), onGap });
  const ready = () => vi.waitFor(() => expect(changes.isListening()).toBe(true), { timeout: 10_000 });
  return { heard, onGap, changes, ready };
}

const LISTENERS = "FROM pg_stat_activity WHERE application_name = 'switchyard-listen' AND datname = current_database()";
const newKey = () => createApiKey(contextOf(opened.database, tenant), { name: "k", scopes: ["gateway:invoke"] });

test("a new key, its end and a published route are each heard with their tenant", async () => {
  const { heard, changes, ready } = listen();
  await ready();
  const { id } = await newKey();
  await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 2_000 });
  await opened.owner.query("UPDATE api_key SET revoked_at = now() WHERE id = $1", [id]);
  await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 2_000 });
  await opened.owner.query("INSERT INTO route_version SELECT tenant_id, 2, config, '', '' FROM route_version");
  await vi.waitFor(() => expect(heard).toEqual(Array.from({ length: 3 }, () => tenant.tenantId)), { timeout: 2_000 });
  await changes.close();
});

test("a key's mere use is no change, and neither is one that is rolled back", async () => {
  const { id } = await newKey();
  const { heard, changes, ready } = listen();
  await ready();
  await opened.owner.query("UPDATE api_key SET last_used_at = now()");
  await opened.owner.query("BEGIN");
  await opened.owner.query("UPDATE api_key SET revoked_at = now() WHERE id = $1", [id]);
  await opened.owner.query("ROLLBACK");
  await opened.owner.query("NOTIFY switchyard_config, 'end'");
  await vi.waitFor(() => expect(heard).toEqual(["end"]), { timeout: 2_000 });
  await changes.close();
});

test("a lost connection is a gap, is said, and is made anew by itself", async () => {
  const { heard, onGap, changes, ready } = listen();
  await ready();
  const gaps = onGap.mock.calls.length;
  await opened.owner.query(`SELECT pg_terminate_backend(pid) ${LISTENERS}`);
  await vi.waitFor(() => expect(changes.isListening()).toBe(false), { timeout: 5_000, interval: 5 });
  await ready();
  expect(onGap.mock.calls.length).toBeGreaterThanOrEqual(gaps + 2);
  await newKey();
  await vi.waitFor(() => expect(heard).toEqual([tenant.tenantId]), { timeout: 2_000 });
  await changes.close();
});

test("closed in the middle of connecting it leaves no connection behind", async () => {
  const { changes, onGap } = listen();
  await changes.close();
  await vi.waitFor(
    async () => {
      expect(onGap).toHaveBeenCalled();
      expect((await opened.owner.query(`SELECT count(*)::int AS open ${LISTENERS}`)).rows).toEqual([{ open: 0 }]);
    },
    { timeout: 5_000 },
  );
  expect(changes.isListening()).toBe(false);
});
