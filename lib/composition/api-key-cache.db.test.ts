import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  contextOf,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { listenForConfigChanges } from "#lib/db/config-changes.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { revokeApiKey } from "#lib/services/api-keys/revoke.ts";
import type { CreateApiKeyInput } from "#lib/services/api-keys/schemas.ts";
import { createApiKeyCache } from "./api-key-cache.ts";

let opened: Opened;
let tenant: TestTenant;
let other: TestTenant;
let aheadMs = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
  tenant = await makeTenant(opened.database, "acme");
  other = await makeTenant(opened.database, "other");
});
beforeEach(() => {
  aheadMs = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => opened.close());

const INVOKE = { name: "Inbox", scopes: ["gateway:invoke"] } satisfies CreateApiKeyInput;
const newKey = (owner = tenant, part: Partial<CreateApiKeyInput> = {}) =>
  createApiKey(contextOf(opened.database, owner), { ...INVOKE, ...part });
const cacheOf = (isListening = true) => createApiKeyCache(opened.database, () => isListening);
/** Without any notice: nothing of this test listens. */
const revokeBehind = (id: string) => opened.owner.query("UPDATE api_key SET revoked_at = now() WHERE id = $1", [id]);

test("a key is found with all that it may do", async () => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const key = await newKey(tenant, { functions: ["ticket-triage"], canCallModels: true, expiresAt });
  expect(await cacheOf().find(key.secret)).toEqual({
    tenantId: tenant.tenantId,
    apiKeyId: key.id,
    name: "Inbox",
    scopes: ["gateway:invoke"],
    functions: ["ticket-triage"],
    canCallModels: true,
    expiresAtMs: Date.parse(expiresAt),
  });
});

test("unknown and revoked keys are not found, nor is a key by its hash", async () => {
  const key = await newKey();
  await revokeBehind(key.id);
  const { rows } = await opened.owner.query("SELECT encode(secret_hash, 'hex') AS hash FROM api_key LIMIT 1");
  for (const secret of [key.secret, "sy_nobody", "", rows[0].hash]) expect(await cacheOf().find(secret)).toBeNull();
});

test("a key is looked up once, then answered from memory", async () => {
  const key = await newKey();
  const cache = cacheOf();
  const found = await cache.find(key.secret);
  await revokeBehind(key.id);
  expect(await cache.find(key.secret)).toBe(found);
});

test("callers that come together share one look-up", async () => {
  const { secret } = await newKey();
  const cache = cacheOf();
  const found = await Promise.all([cache.find(secret), cache.find(secret), cache.find(secret)]);
  expect(new Set(found).size).toBe(1);
});

describe("what is remembered is not remembered for ever", () => {
  test.each([
    ["a minute while changes are heard", true, 59_000, 61_000],
    ["a second while they are not", false, 900, 1_100],
  ])("%s", async (_, isListening, still, gone) => {
    const key = await newKey();
    const cache = cacheOf(isListening);
    await cache.find(key.secret);
    await revokeBehind(key.id);
    aheadMs = still - 500;
    expect(await cache.find(key.secret)).not.toBeNull();
    aheadMs = gone;
    await vi.waitFor(async () => expect(await cache.find(key.secret)).toBeNull());
  });

  test("an unknown key for five seconds", async () => {
    const cache = cacheOf();
    const key = await newKey();
    await opened.owner.query("UPDATE api_key SET revoked_at = now() WHERE id = $1", [key.id]);
    expect(await cache.find(key.secret)).toBeNull();
    await opened.owner.query("UPDATE api_key SET revoked_at = NULL WHERE id = $1", [key.id]);
    aheadMs = 4_000;
    expect(await cache.find(key.secret)).toBeNull();
    aheadMs = 6_000;
    await vi.waitFor(async () => expect(await cache.find(key.secret)).not.toBeNull());
  });

  test("a look-up that failed is not remembered at all", async () => {
    const key = await newKey();
    const cache = cacheOf();
    await opened.owner.query("REVOKE SELECT ON api_key FROM switchyard_app");
    await expect(cache.find(key.secret)).rejects.toThrow();
    await opened.owner.query("GRANT SELECT ON api_key TO switchyard_app");
    expect(await cache.find(key.secret)).not.toBeNull();
  });
});

describe("forgetting a tenant", () => {
  test("lets go of its keys and of unknown ones, and keeps other tenants'", async () => {
    const [ours, theirs] = [await newKey(), await newKey(other)];
    const cache = cacheOf();
    for (const { secret } of [ours, theirs]) await cache.find(secret);
    await revokeBehind(ours.id);
    await revokeBehind(theirs.id);
    cache.forget(tenant.tenantId);
    expect(await cache.find(ours.secret)).toBeNull();
    expect(await cache.find(theirs.secret)).not.toBeNull();
  });

  test("while a look-up is under way keeps its answer from being remembered", async () => {
    const key = await newKey();
    const cache = cacheOf();
    const early = cache.find(key.secret);
    cache.forget(tenant.tenantId);
    await early;
    await revokeBehind(key.id);
    expect(await cache.find(key.secret)).toBeNull();
  });
});

test("a revocation through the service holds for the very next call, and a new key works at once", async () => {
  const cache = cacheOf();
  const context = { ...contextOf(opened.database, tenant), configChanged: (id: string) => cache.forget(id) };
  const key = await createApiKey(context, INVOKE);
  expect(await cache.find(key.secret)).not.toBeNull();
  await revokeApiKey(context, { id: key.id });
  expect(await cache.find(key.secret)).toBeNull();
});

test("a revocation made elsewhere is heard within two seconds", async () => {
  const key = await newKey();
  const cache = cacheOf();
  const changes = listenForConfigChanges(opened.test.appUrl, {
    onChange: (tenantId) => cache.forget(tenantId),
    onGap: () => cache.clear(),
  });
  await vi.waitFor(() => expect(changes.isListening()).toBe(true), { timeout: 5_000 });
  expect(await cache.find(key.secret)).not.toBeNull();
  await revokeBehind(key.id);
  await vi.waitFor(async () => expect(await cache.find(key.secret)).toBeNull(), { timeout: 2_000 });
  await changes.close();
});
