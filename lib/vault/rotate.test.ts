import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { FakeDataKeys } from "./fake-data-keys.ts";
import { serveFakeVault, VAULT_TOKEN } from "./key-services/fakes/vault.ts";
import { openVaultTransit } from "./key-services/vault-transit.ts";
import { combineWrappers, type KeyWrapper } from "./key-wrapper.ts";
import { openMasterKeys } from "./master-keys.ts";
import { type RotationReport, rotateDataKeys } from "./rotate.ts";
import type { Binding } from "./seal.ts";
import { Secret } from "./secret.ts";
import { createVault } from "./vault.ts";

const newKey = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
const OLD = newKey("2025");
const NEW = newKey("2026");
const TENANTS = Array.from({ length: 57 }, (_, index) => `tenant-${String(index).padStart(3, "0")}`);
const COLUMNS = ["connection.secrets", "alert_channel.secret"];

interface SealedRow {
  binding: Binding;
  bytes: Buffer;
}

/** Two secrets of every tenant, in two columns, sealed under these master keys. */
async function sealAll(store: FakeDataKeys, wrapper: KeyWrapper): Promise<SealedRow[]> {
  const vault = createVault({ wrapper, store });
  const bindings = TENANTS.flatMap((tenantId) =>
    COLUMNS.map((column): Binding => ({ column, tenantId, rowId: "row-1", version: 1 })),
  );
  return Promise.all(
    bindings.map(async (binding) => {
      const sealed = await vault.sealSecret(binding, new Secret(`${binding.tenantId} ${binding.column}`));
      return { binding, bytes: sealed.status === "sealed" ? sealed.bytes : expect.fail(sealed.status) };
    }),
  );
}

/** How many rows a fresh instance with these master keys opens, each as itself. */
async function countOpen(rows: SealedRow[], store: FakeDataKeys, wrapper: KeyWrapper): Promise<number> {
  const vault = createVault({ wrapper, store });
  const opened = await Promise.all(rows.map(({ binding, bytes }) => vault.openSecret(binding, bytes)));
  return opened.filter(
    (answer, index) =>
      answer.status === "opened" &&
      answer.secret.reveal() === `${rows[index]?.binding.tenantId} ${rows[index]?.binding.column}`,
  ).length;
}

async function rotate(store: FakeDataKeys, wrapper: KeyWrapper): Promise<RotationReport> {
  const rotation = await rotateDataKeys(store, wrapper);
  return rotation.status === "finished" ? rotation.report : expect.fail(rotation.reason);
}

async function setUp() {
  const store = new FakeDataKeys();
  const rows = await sealAll(store, openMasterKeys(OLD));
  return { store, rows, both: openMasterKeys(`${NEW},${OLD}`), newest: openMasterKeys(NEW) };
}

test("afterwards every secret of every column opens without the old master key", async () => {
  const { store, rows, both, newest } = await setUp();
  expect(await countOpen(rows, store, newest)).toBe(0);
  const report = await rotate(store, both);
  expect(report).toMatchObject({ rewrapped: TENANTS.length, already: 0, failed: [] });
  expect(report.keyId).toMatch(/^2026#/);
  expect(await countOpen(rows, store, newest)).toBe(rows.length);
});

test("a second run changes nothing", async () => {
  const { store, both } = await setUp();
  await rotate(store, both);
  const before = new Map(store.rows);
  expect(await rotate(store, both)).toMatchObject({ rewrapped: 0, already: TENANTS.length, failed: [] });
  expect(store.rows).toEqual(before);
});

test("killed halfway, everything still opens, and the next run does the rest", async () => {
  const { store, rows, both, newest } = await setUp();
  store.replacementsLeft = 25;
  await expect(rotateDataKeys(store, both)).rejects.toThrow("killed");
  expect(await countOpen(rows, store, both)).toBe(rows.length);
  expect(await countOpen(rows, store, newest)).toBe(25 * COLUMNS.length);
  store.replacementsLeft = null;
  expect(await rotate(store, both)).toMatchObject({ rewrapped: TENANTS.length - 25, already: 25, failed: [] });
  expect(await countOpen(rows, store, newest)).toBe(rows.length);
});

test("killed after every single replacement, it gets to the end all the same", async () => {
  const { store, rows, both, newest } = await setUp();
  for (const _ of TENANTS) {
    store.replacementsLeft = 1;
    await rotateDataKeys(store, both).catch(() => {});
  }
  expect(await countOpen(rows, store, newest)).toBe(rows.length);
});

test("instances that run meanwhile open and seal all along, with what they have cached and without", async () => {
  const { store, rows, both } = await setUp();
  const warm = createVault({ wrapper: both, store });
  const counts: number[] = [];
  const { replace } = store;
  store.replace = async (key) => {
    const isDone = await replace.call(store, key);
    counts.push(await countOpen(rows, store, both));
    const { binding, bytes } = rows[counts.length % rows.length] as SealedRow;
    expect(await warm.openSecret(binding, bytes)).toMatchObject({ status: "opened" });
    const sealed = await warm.sealSecret({ ...binding, version: 2 }, new Secret("newer"));
    expect(sealed).toMatchObject({ status: "sealed" });
    return isDone;
  };
  await rotate(store, both);
  expect(counts).toEqual(TENANTS.map(() => rows.length));
});

test("two runs at once do not harm each other", async () => {
  const { store, rows, both, newest } = await setUp();
  const [first, second] = await Promise.all([rotate(store, both), rotate(store, both)]);
  expect(first.rewrapped + second.rewrapped).toBe(TENANTS.length);
  expect([...first.failed, ...second.failed]).toEqual([]);
  expect(await countOpen(rows, store, newest)).toBe(rows.length);
});

test("what cannot be opened is reported with its tenant and left as it was", async () => {
  const { store, rows, both, newest } = await setUp();
  const damaged = store.rows.get("tenant-003") ?? expect.fail();
  const wrapped = Buffer.from(damaged.wrapped);
  wrapped[20] = (wrapped[20] as number) ^ 1;
  store.rows.set("tenant-003", { ...damaged, wrapped });
  const foreign = store.rows.get("tenant-004") ?? expect.fail();
  store.rows.set("tenant-004", { ...foreign, keyId: "2019#0123456789abcdef" });
  const before = [store.rows.get("tenant-003"), store.rows.get("tenant-004")];

  const report = await rotate(store, both);
  expect(report.rewrapped).toBe(TENANTS.length - 2);
  expect(report.failed).toEqual([
    { tenantId: "tenant-003", reason: expect.stringContaining("changed or moved") },
    { tenantId: "tenant-004", reason: expect.stringContaining("2019#0123456789abcdef is missing") },
  ]);
  expect([store.rows.get("tenant-003"), store.rows.get("tenant-004")]).toEqual(before);
  expect(await countOpen(rows, store, newest)).toBe(rows.length - 2 * COLUMNS.length);
});

test("one that is under the newest master key already but does not open is reported too", async () => {
  const { store, both } = await setUp();
  await rotate(store, both);
  const key = store.rows.get("tenant-001") ?? expect.fail();
  store.rows.set("tenant-001", { ...key, version: key.version + 1 });
  expect((await rotate(store, both)).failed).toMatchObject([{ tenantId: "tenant-001" }]);
});

test("a tenant that is deleted meanwhile is no failure", async () => {
  const { store, both } = await setUp();
  const { replace } = store;
  store.replace = async (key) => {
    if (key.tenantId === "tenant-010") store.rows.delete("tenant-010");
    return replace.call(store, key);
  };
  expect(await rotate(store, both)).toMatchObject({ rewrapped: TENANTS.length - 1, failed: [] });
  expect(store.rows.has("tenant-010")).toBe(false);
});

test("a newest master key that wraps but cannot unwrap takes the place of none", async () => {
  const { store, rows, both } = await setUp();
  const before = new Map(store.rows);
  const unwrap: KeyWrapper["unwrap"] = async (wrapped, binding) =>
    wrapped.keyId.startsWith("2026#")
      ? { status: "unavailable", reason: "permission denied" }
      : both.unwrap(wrapped, binding);
  const report = await rotate(store, { ...both, unwrap });
  expect(report).toMatchObject({ rewrapped: 0, already: 0 });
  expect(report.failed).toHaveLength(TENANTS.length);
  expect(store.rows).toEqual(before);
  expect(await countOpen(rows, store, openMasterKeys(OLD))).toBe(rows.length);
});

test("from keys in the environment to Vault over HTTP, and on to Vault's next key", async () => {
  const { store, rows } = await setUp();
  const server = await serveFakeVault();
  const settings = { address: server.address, mount: "transit", key: "switchyard" };
  const transit = openVaultTransit({ ...settings, token: async () => VAULT_TOKEN });
  expect((await rotate(store, combineWrappers(transit, openMasterKeys(OLD)))).rewrapped).toBe(TENANTS.length);
  expect(await countOpen(rows, store, transit)).toBe(rows.length);

  server.ring.rotate();
  expect(await rotate(store, transit)).toMatchObject({
    rewrapped: TENANTS.length,
    keyId: "vault:transit/switchyard#v2",
  });
  server.minDecryptionVersion = 2;
  expect(await countOpen(rows, store, transit)).toBe(rows.length);
});

test("a key service that is away is said before anything is touched", async () => {
  const { store, both } = await setUp();
  const server = await serveFakeVault();
  server.isSealed = true;
  const settings = { address: server.address, mount: "transit", key: "switchyard" };
  const transit = openVaultTransit({ ...settings, token: async () => VAULT_TOKEN });
  const before = new Map(store.rows);
  expect(await rotateDataKeys(store, combineWrappers(transit, both))).toMatchObject({ status: "unavailable" });
  expect(store.rows).toEqual(before);
});
