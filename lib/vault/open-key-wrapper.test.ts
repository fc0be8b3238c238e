import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bindDataKey } from "./bind-data-key.ts";
import { serveFakeVault, VAULT_TOKEN } from "./key-services/fakes/vault.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { openKeyWrapper } from "./open-key-wrapper.ts";

const MASTER_KEYS = `local-1:${randomBytes(32).toString("base64")}`;
const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

async function wrapWith(wrapper: KeyWrapper) {
  const wrapping = await wrapper.wrap(dataKey, binding);
  return wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail(wrapping.reason);
}

test("without a key service the master keys wrap", async () => {
  const wrapper = openKeyWrapper({ masterKeys: MASTER_KEYS, keyService: null, variables: {} });
  expect((await wrapWith(wrapper)).keyId).toMatch(/^local-1#/);
});

test("with one, it wraps, and the master keys still open what they wrapped", async () => {
  const before = await wrapWith(openKeyWrapper({ masterKeys: MASTER_KEYS, keyService: null, variables: {} }));
  const { address } = await serveFakeVault();
  const keyService = `vault:${address}/transit/switchyard`;
  const wrapper = openKeyWrapper({ masterKeys: MASTER_KEYS, keyService, variables: { VAULT_TOKEN } });
  expect((await wrapWith(wrapper)).keyId).toBe("vault:transit/switchyard#v1");
  expect(await wrapper.unwrap(before, binding)).toEqual({ status: "opened", dataKey });
});

test("and back again: the environment first, the service after it", async () => {
  const { address } = await serveFakeVault();
  const service = `vault:${address}/transit/switchyard`;
  const variables = { VAULT_TOKEN };
  const before = await wrapWith(openKeyWrapper({ masterKeys: null, keyService: service, variables }));
  const back = openKeyWrapper({ masterKeys: MASTER_KEYS, keyService: `environment,${service}`, variables });
  expect((await wrapWith(back)).keyId).toMatch(/^local-1#/);
  expect(await back.unwrap(before, binding)).toEqual({ status: "opened", dataKey });
});

test("Vault's token comes from the file that an agent keeps, as it is at that moment", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "switchyard-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "token");
  const { address } = await serveFakeVault();
  const keyService = `vault:${address}/transit/switchyard`;
  const wrapper = openKeyWrapper({ masterKeys: null, keyService, variables: { VAULT_TOKEN_FILE: file } });
  expect(await wrapper.wrap(dataKey, binding)).toMatchObject({ status: "unavailable" });
  await writeFile(file, `${VAULT_TOKEN}\n`);
  expect((await wrapWith(wrapper)).keyId).toBe("vault:transit/switchyard#v1");
});

test.each([
  ["no master keys", { masterKeys: null, keyService: null }, "SWITCHYARD_MASTER_KEYS is unset"],
  [
    "an unknown service",
    { masterKeys: MASTER_KEYS, keyService: "kms" },
    "SWITCHYARD_KEY_SERVICE must be a comma-separated list",
  ],
  ["Vault without a token", { masterKeys: null, keyService: "vault:https://v/transit/k" }, "VAULT_TOKEN"],
  [
    "AWS without credentials",
    { masterKeys: null, keyService: "aws-kms:arn:aws:kms:eu-west-1:111122223333:key/1" },
    "AWS",
  ],
])("%s stops the start in words for the operator", (_, settings, message) => {
  expect(() => openKeyWrapper({ ...settings, variables: {} })).toThrow(message);
});
