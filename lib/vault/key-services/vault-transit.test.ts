import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { bindDataKey } from "../bind-data-key.ts";
import { encodeBinding } from "../seal.ts";
import { serveFakeVault, VAULT_TOKEN } from "./fakes/vault.ts";
import { openVaultTransit } from "./vault-transit.ts";

const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

async function setUp() {
  const vault = await serveFakeVault();
  const settings = { address: vault.address, mount: "transit", key: "switchyard" };
  const transit = openVaultTransit({ ...settings, token: async () => VAULT_TOKEN });
  const wrapping = await transit.wrap(dataKey, binding);
  return { vault, settings, transit, wrapped: wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail() };
}

test("what is sent is what Vault's transit API takes, and nothing else", async () => {
  const { vault, transit, wrapped } = await setUp();
  await transit.unwrap(wrapped, binding);
  const associated_data = encodeBinding(binding).toString("base64");
  expect(vault.requests.map(({ path, body }) => ({ path, body: JSON.parse(body) }))).toEqual([
    { path: "/v1/transit/encrypt/switchyard", body: { plaintext: dataKey.toString("base64"), associated_data } },
    {
      path: "/v1/transit/decrypt/switchyard",
      body: { ciphertext: Buffer.from(wrapped.bytes).toString(), associated_data },
    },
  ]);
  expect(vault.requests[0]?.headers["x-vault-namespace"]).toBeUndefined();
  expect(wrapped.keyId).toBe("vault:transit/switchyard#v1");
});

test("a tag that does not fit is damage although some versions answer it with 500", async () => {
  const { vault, transit, wrapped } = await setUp();
  vault.faultStatus = 500;
  const moved = bindDataKey({ tenantId: "tenant-b", version: 1 });
  expect(await transit.unwrap(wrapped, moved)).toEqual({ status: "damaged" });
});

test("a version that Vault no longer decrypts is an unknown master key", async () => {
  const { vault, transit, wrapped } = await setUp();
  vault.ring.rotate();
  vault.minDecryptionVersion = 2;
  expect(await transit.unwrap(wrapped, binding)).toEqual({ status: "unknown-master-key", keyId: wrapped.keyId });
});

test("a Vault that was restored from before a rotation does not know the newer version", async () => {
  const { transit, wrapped } = await setUp();
  const newer = Buffer.from(Buffer.from(wrapped.bytes).toString().replace("vault:v1:", "vault:v2:"));
  const keyId = "vault:transit/switchyard#v2";
  expect(await transit.unwrap({ keyId, bytes: newer }, binding)).toEqual({ status: "unknown-master-key", keyId });
});

test("a sealed Vault is unavailable, in its own words, and opens again after it is unsealed", async () => {
  const { vault, transit, wrapped } = await setUp();
  vault.isSealed = true;
  const reason = "Vault answered with status 503: Vault is sealed.";
  expect(await transit.unwrap(wrapped, binding)).toEqual({ status: "unavailable", reason });
  vault.isSealed = false;
  expect(await transit.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
});

test("a token that is renewed outside is used from the next request on", async () => {
  const { settings, wrapped } = await setUp();
  const tokens = ["hvs.expired", VAULT_TOKEN];
  const transit = openVaultTransit({ ...settings, token: async () => tokens.shift() as string });
  expect(await transit.unwrap(wrapped, binding)).toMatchObject({ status: "unavailable" });
  expect(await transit.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
});

test("a token that cannot be read is no fault of the data key's", async () => {
  const { settings, wrapped } = await setUp();
  const transit = openVaultTransit({ ...settings, token: () => Promise.reject(new Error("ENOENT")) });
  const reason = "Vault cannot be reached: its credentials cannot be had.";
  expect(await transit.unwrap(wrapped, binding)).toEqual({ status: "unavailable", reason });
});

test("the namespace goes along where there is one", async () => {
  const { vault, settings } = await setUp();
  await openVaultTransit({ ...settings, namespace: "team-a", token: async () => VAULT_TOKEN }).wrap(dataKey, binding);
  expect(vault.requests.at(-1)?.headers["x-vault-namespace"]).toBe("team-a");
});

test("another mount's or key's wrappings are not its own", async () => {
  const { transit } = await setUp();
  expect(transit.recognises("vault:transit/switchyard2#v1")).toBe(false);
  expect(transit.recognises("vault:other/switchyard#v1")).toBe(false);
});
