import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { FakeDataKeys } from "./fake-data-keys.ts";
import type { KeyWrapper, Unwrapping } from "./key-wrapper.ts";
import { openMasterKeys } from "./master-keys.ts";
import type { Binding } from "./seal.ts";
import { Secret } from "./secret.ts";
import { createVault } from "./vault.ts";

const MASTER_KEY = `local-1:${randomBytes(32).toString("base64")}`;
const PLAIN = "sk-ant-api03-of-a-tenant";

const at = (tenantId: string, rowId = "row-1", version = 1): Binding => ({
  column: "connection.secrets",
  tenantId,
  rowId,
  version,
});

/** A vault whose master keys are counted, can be held back and can fail. */
function setUp({ maxDataKeys = 100, isListening = true, store = new FakeDataKeys() } = {}) {
  const clock = { ms: 1 };
  const master = openMasterKeys(MASTER_KEY);
  const control = { unwraps: 0, failure: null as Unwrapping | null, gate: Promise.resolve() };
  const wrapper: KeyWrapper = {
    ...master,
    async unwrap(wrapped, binding) {
      control.unwraps += 1;
      await control.gate;
      return control.failure ?? master.unwrap(wrapped, binding);
    },
  };
  const vault = createVault({ wrapper, store, maxDataKeys, isListening: () => isListening, now: () => clock.ms });
  const seal = async (binding: Binding, text = PLAIN) => {
    const sealed = await vault.sealSecret(binding, new Secret(text));
    return sealed.status === "sealed" ? sealed.bytes : expect.fail(sealed.status);
  };
  const read = async (binding: Binding, bytes: Uint8Array) => {
    const opened = await vault.openSecret(binding, bytes);
    return opened.status === "opened" ? opened.secret.reveal() : opened.status;
  };
  return { clock, control, store, vault, seal, read };
}

test("a sealed secret opens, also in an instance that starts later", async () => {
  const { store, seal, read } = setUp();
  const bytes = await seal(at("a"), "ключ 🔑");
  expect(await read(at("a"), bytes)).toBe("ключ 🔑");
  expect(await setUp({ store }).read(at("a"), bytes)).toBe("ключ 🔑");
  expect(bytes.includes("ключ")).toBe(false);
});

test("swapped rows, versions and columns do not open", async () => {
  const { seal, read } = setUp();
  const first = await seal(at("a", "row-1"));
  const second = await seal(at("a", "row-2"));
  expect(await read(at("a", "row-2"), first)).toBe("damaged");
  expect(await read(at("a", "row-1"), second)).toBe("damaged");
  expect(await read(at("a", "row-1", 2), first)).toBe("damaged");
  expect(await read({ ...at("a", "row-1"), column: "alert_channel.secret" }, first)).toBe("damaged");
});

test("swapped tenants do not open, not even with their data keys swapped along", async () => {
  const { store, vault, seal, read } = setUp();
  const ofA = await seal(at("a"));
  const ofB = await seal(at("b"));
  expect(await read(at("b"), ofA)).toBe("damaged");
  const [a = expect.fail(), b = expect.fail()] = [store.rows.get("a"), store.rows.get("b")];
  store.rows.set("a", { ...b, tenantId: "a" });
  store.rows.set("b", { ...a, tenantId: "b" });
  vault.forgetAll();
  expect(await read(at("a"), ofA)).toBe("damaged");
  expect(await read(at("a"), ofB)).toBe("damaged");
  expect(await read(at("b"), ofA)).toBe("damaged");
});

test("every tenant has a data key of its own, however many seal at once and in however many instances", async () => {
  const store = new FakeDataKeys();
  const instances = [setUp({ store }), setUp({ store })];
  const tenants = ["a", "b", "a", "b", "a"];
  const work = instances.flatMap(({ seal }) => tenants.map((tenant, row) => seal(at(tenant, `${row}`))));
  const sealed = await Promise.all(work);
  expect(store.rows.size).toBe(2);
  const later = setUp({ store });
  for (const [index, bytes] of sealed.entries()) {
    const row = index % tenants.length;
    expect(await later.read(at(tenants[row] as string, `${row}`), bytes)).toBe(PLAIN);
  }
});

test("a master key that is missing is named, nothing is lost, and it opens once the key is back", async () => {
  const { store, seal } = setUp();
  const bytes = await seal(at("a"));
  const wrapper = openMasterKeys(`other:${randomBytes(32).toString("base64")}`);
  const without = createVault({ wrapper, store });
  const keyId = expect.stringMatching(/^local-1#/);
  expect(await without.openSecret(at("a"), bytes)).toEqual({ status: "unknown-master-key", keyId });
  // It must not try for a second data key either, under which the first one's secrets would never open.
  store.insert = () => expect.fail("a second data key was made");
  expect(await without.sealSecret(at("a"), new Secret("x"))).toEqual({ status: "unknown-master-key", keyId });
  expect(await setUp({ store }).read(at("a"), bytes)).toBe(PLAIN);
});

test("a tenant for which nothing was sealed has no data key, and opening makes none", async () => {
  const { store, read } = setUp();
  expect(await read(at("a"), Buffer.alloc(60, 1))).toBe("no-data-key");
  expect(store.rows.size).toBe(0);
});

test("a destroyed data key takes everything with it, also what was opened a moment ago", async () => {
  const { store, vault, seal, read } = setUp();
  const bytes = await seal(at("a"));
  const kept = await seal(at("b"));
  await vault.destroy("a");
  expect(await read(at("a"), bytes)).toBe("no-data-key");
  expect(store.rows.has("a")).toBe(false);
  expect(await read(at("b"), kept)).toBe(PLAIN);
  // A tenant that comes back has another data key.
  await seal(at("a"));
  expect(await read(at("a"), bytes)).toBe("damaged");
});

test("a data key is unwrapped once, however many calls wait for it", async () => {
  const { store, seal } = setUp();
  const bytes = await seal(at("a"));
  const { control, read } = setUp({ store });
  expect(await Promise.all([1, 2, 3].map(() => read(at("a"), bytes)))).toEqual([PLAIN, PLAIN, PLAIN]);
  expect(await read(at("a"), bytes)).toBe(PLAIN);
  expect(control.unwraps).toBe(1);
});

test("the cache is bounded: the tenant that was longest unused is unwrapped again", async () => {
  const { control, seal, read } = setUp({ maxDataKeys: 2 });
  const bytes = new Map<string, Buffer>();
  for (const tenant of ["a", "b", "c"]) bytes.set(tenant, await seal(at(tenant)));
  const unwrapsFor = async (tenant: string) => {
    const before = control.unwraps;
    expect(await read(at(tenant), bytes.get(tenant) as Buffer)).toBe(PLAIN);
    return control.unwraps - before;
  };
  expect(await unwrapsFor("c")).toBe(0);
  expect(await unwrapsFor("b")).toBe(0);
  expect(await unwrapsFor("a")).toBe(1);
  expect(await unwrapsFor("c")).toBe(1);
});

test("what is forgotten is read again, also when it was just on its way", async () => {
  const { control, store, vault, seal, read } = setUp();
  const bytes = await seal(at("a"));
  vault.forget("a");
  let letGo = () => {};
  control.gate = new Promise((resolve) => {
    letGo = resolve;
  });
  const underWay = read(at("a"), bytes);
  vault.forget("a");
  store.rows.delete("a");
  letGo();
  await underWay;
  expect(await read(at("a"), bytes)).toBe("no-data-key");
});

test("a key service that is away is asked again after a second, not at every call", async () => {
  const { store, seal } = setUp();
  const bytes = await seal(at("a"));
  const later = setUp({ store });
  later.control.failure = { status: "unavailable", reason: "Vault is sealed." };
  expect(await later.read(at("a"), bytes)).toBe("unavailable");
  later.control.failure = null;
  later.clock.ms = 900;
  expect(await later.read(at("a"), bytes)).toBe("unavailable");
  expect(later.control.unwraps).toBe(1);
  later.clock.ms = 1_100;
  expect(await later.read(at("a"), bytes)).toBe(PLAIN);
});

test("a failure that was on its way when its tenant was forgotten is forgotten too", async () => {
  const { control, store, vault, seal, read } = setUp();
  const bytes = await seal(at("a"));
  vault.forget("a");
  const { read: readRow } = store;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  store.read = async (tenantId) => {
    await held;
    return readRow.call(store, tenantId);
  };
  control.failure = { status: "unavailable", reason: "Vault is sealed." };
  const underWay = read(at("a"), bytes);
  vault.forget("a");
  letGo();
  expect(await underWay).toBe("unavailable");
  control.failure = null;
  expect(await read(at("a"), bytes)).toBe(PLAIN);
});

test("while changes would not be heard, a data key counts for a second", async () => {
  const { clock, store, seal, read } = setUp({ isListening: false });
  const bytes = await seal(at("a"));
  store.rows.delete("a");
  expect(await read(at("a"), bytes)).toBe(PLAIN);
  clock.ms = 1_100;
  expect(await read(at("a"), bytes)).toBe("no-data-key");
});

test("while changes are heard, a data key stays", async () => {
  const { clock, control, seal, read } = setUp();
  const bytes = await seal(at("a"));
  clock.ms = 10_000_000;
  expect(await read(at("a"), bytes)).toBe(PLAIN);
  expect(control.unwraps).toBe(1);
});

test("an error of the store's is thrown and not remembered", async () => {
  const { store, seal } = setUp();
  const bytes = await seal(at("a"));
  const later = setUp({ store });
  const { read } = store;
  store.read = () => Promise.reject(new Error("the database is away"));
  await expect(later.vault.openSecret(at("a"), bytes)).rejects.toThrow("the database is away");
  store.read = read;
  expect(await later.read(at("a"), bytes)).toBe(PLAIN);
});

test("no answer shows a secret, a data key or a master key", async () => {
  const { store, vault, seal } = setUp();
  const bytes = await seal(at("a"));
  const answers = [
    vault,
    store,
    await vault.sealSecret(at("a"), new Secret(PLAIN)),
    await vault.openSecret(at("a"), bytes),
    await vault.openSecret(at("a", "row-2"), bytes),
  ];
  const shown = inspect(answers, { depth: 12, showHidden: true, maxArrayLength: null }) + JSON.stringify(answers);
  expect(shown).not.toContain(PLAIN);
  expect(shown).not.toContain(MASTER_KEY.slice(-20));
});
