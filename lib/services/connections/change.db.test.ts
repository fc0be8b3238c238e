import { describe, expect, test } from "vitest";
import { KEY, OPENAI, OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { connectionPorts, contextOf } from "#e2e/isolation/support/tenants.ts";
import { withTenant } from "#lib/db/client.ts";
import { openMasterKeys } from "#lib/vault/master-keys.ts";
import { createVault } from "#lib/vault/vault.ts";
import { createConnection } from "./create.ts";
import { deleteConnection } from "./delete.ts";
import { discoverModels } from "./discover.ts";
import { readConnection } from "./read.ts";
import { replaceSecrets } from "./replace-secrets.ts";
import { testConnection } from "./test.ts";
import { updateConnection } from "./update.ts";

const own = new OwnTenant();

describe("changing", () => {
  test("what is left out stays, and the key with it", async () => {
    const { id } = await own.create();
    const before = await own.row(id);
    const changed = await updateConnection(own.context, {
      id,
      name: "Renamed",
      isEnabled: false,
      regions: ["eu-west-1"],
    });
    expect(changed).toMatchObject({ name: "Renamed", regions: ["eu-west-1"], own: { isEnabled: false, priority: 1 } });
    expect(await own.row(id)).toMatchObject({ secrets: before.secrets, version: 1 });
  });

  test("a blank secret is the stored one; another one is sealed anew in the next version", async () => {
    const { id } = await own.create({ fields: { apiKey: KEY, baseUrl: "https://proxy.example.com/v1" } });
    await updateConnection(own.context, { id, fields: { apiKey: "", baseUrl: "https://proxy.example.com/v2" } });
    expect(await own.secret(id)).toEqual({ apiKey: KEY });
    expect(await own.row(id)).toMatchObject({ version: 1, fields: { baseUrl: "https://proxy.example.com/v2" } });
    await updateConnection(own.context, { id, fields: { apiKey: "sk-another-key-9999", baseUrl: null } });
    expect(await own.secret(id)).toEqual({ apiKey: "sk-another-key-9999" });
    expect(await own.row(id)).toMatchObject({ version: 2, secretHint: "9999", fields: {} });
    expect(JSON.stringify(await own.audits())).not.toMatch(/sk-/);
  });

  test("a stored key is not sent to another address: it has to be entered again with it", async () => {
    const { id } = await own.create();
    const baseUrl = "https://thief.example.com/v1";
    const refusal = {
      code: "invalid_request",
      fields: { "fields.apiKey": expect.stringContaining("enter the key again") },
    };
    await expect(updateConnection(own.context, { id, fields: { baseUrl } })).rejects.toMatchObject(refusal);
    await expect(testConnection(own.context, { id, fields: { baseUrl } })).rejects.toMatchObject(refusal);
    expect(await updateConnection(own.context, { id, fields: { baseUrl, apiKey: KEY } })).toMatchObject({
      host: "thief.example.com",
    });
  });

  test("replacing takes all secrets together, and a missing one is said", async () => {
    const fields = { region: "eu-central-1", accessKeyId: "AKIAEXAMPLE00001", secretAccessKey: "secret-access-key-1" };
    const { id } = await createConnection(own.context, { provider: "bedrock", name: "Bedrock", fields });
    await expect(
      replaceSecrets(own.context, { id, secrets: { accessKeyId: "AKIAEXAMPLE00002" } }),
    ).rejects.toMatchObject({
      fields: { "fields.secretAccessKey": expect.any(String) },
    });
    const next = { accessKeyId: "AKIAEXAMPLE00002", secretAccessKey: "secret-access-key-2" };
    expect(await replaceSecrets(own.context, { id, secrets: next })).toMatchObject({ own: { secretHint: "0002" } });
    expect(await own.secret(id)).toEqual(next);
    expect((await own.audits()).at(-1)).toMatchObject({ action: "connection.replace-secrets", after: { version: 2 } });
  });

  test("the sealed value of an earlier version does not open in its place", async () => {
    const { id } = await own.create();
    const { secrets } = await own.row(id);
    await replaceSecrets(own.context, { id, secrets: { apiKey: "sk-another-key-9999" } });
    await own.opened.owner.query("UPDATE connection SET secrets = $2 WHERE id = $1", [id, secrets]);
    expect(await readConnection(own.context, { id })).toMatchObject({
      unopened: expect.stringContaining("changed or moved"),
    });
  });

  test("two replacements at once: one wins, the other is told", async () => {
    const { id } = await own.create();
    const both = await Promise.allSettled(
      ["one", "two"].map((key) => replaceSecrets(own.context, { id, secrets: { apiKey: `sk-the-key-${key}-long` } })),
    );
    const lost = both.filter(({ status }) => status === "rejected");
    expect(lost.length).toBeLessThan(2);
    for (const one of lost) expect((one as PromiseRejectedResult).reason).toMatchObject({ code: "conflict" });
    expect(await readConnection(own.context, { id })).toMatchObject({ unopened: null });
  });

  test("another tenant's connection is not there", async () => {
    const { id } = await own.create();
    const stranger = contextOf(own.opened.database, await own.another("stranger"));
    const notFound = { code: "not_found" };
    await expect(readConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(updateConnection(stranger, { id, name: "Mine" })).rejects.toMatchObject(notFound);
    await expect(replaceSecrets(stranger, { id, secrets: { apiKey: KEY } })).rejects.toMatchObject(notFound);
    await expect(deleteConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(testConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(discoverModels(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(readConnection(own.context, { id: "no-uuid" })).rejects.toMatchObject(notFound);
  });
});

describe("a master key that is missing", () => {
  const withoutKey = () => {
    const wrapper = openMasterKeys(`other:${Buffer.alloc(32, 9).toString("base64")}`);
    const store = { read: async () => null, insert: async () => true, remove: async () => {} };
    const { tenantId } = own.tenant;
    const read = async () => {
      const row = await withTenant(own.opened.database, tenantId, (tx) =>
        tx.tenantDataKey.findUnique({ where: { tenantId } }),
      );
      return row;
    };
    const vault = createVault({ wrapper, store: { ...store, read } });
    return { ...own.context, connections: connectionPorts(own.opened.database, { vault }) };
  };

  test("is named for the connection, nothing is lost, and nothing is saved that could not be opened", async () => {
    const { id } = await own.create();
    const unopened = expect.stringMatching(/^The master key test-1#[0-9a-f]+ is missing/);
    expect(await readConnection(withoutKey(), { id })).toMatchObject({ unopened });
    expect(await updateConnection(withoutKey(), { id, name: "Still ours" })).toMatchObject({ unopened });
    await expect(updateConnection(withoutKey(), { id, fields: {} })).rejects.toMatchObject({
      code: "conflict",
      userMessage: expect.stringContaining("enter it again"),
    });
    await expect(createConnection(withoutKey(), OPENAI)).rejects.toMatchObject({
      code: "conflict",
      userMessage: expect.stringContaining("nothing was saved"),
    });
    expect(await readConnection(own.context, { id })).toMatchObject({ name: "Still ours", unopened: null });
    expect(await own.secret(id)).toEqual({ apiKey: KEY });
  });
});

describe("deleting", () => {
  const ref = (connectionId: string | null = null) => ({ provider: "openai", model: "gpt-6-luna", connectionId });

  test("one that no chain goes to just goes, with its secrets", async () => {
    const { id } = await own.create();
    expect(await deleteConnection(own.context, { id })).toEqual({
      id,
      usedBy: { functions: [], isInDefaultChain: false },
    });
    await expect(readConnection(own.context, { id })).rejects.toMatchObject({ code: "not_found" });
    expect((await own.audits()).at(-1)).toMatchObject({ action: "connection.delete", before: { name: "Ours" } });
  });

  test("of two who delete one at the same moment the slower hears that it is gone", async () => {
    const { id } = await own.create();
    const both = await Promise.allSettled([
      deleteConnection(own.context, { id }),
      deleteConnection(own.context, { id }),
    ]);
    const [slower] = both.filter((one) => one.status === "rejected");
    expect(slower?.reason).toMatchObject({ code: "not_found" });
    expect((await own.audits()).filter(({ action }) => action === "connection.delete")).toHaveLength(1);
  });

  test("one that functions need names them, and goes once it is confirmed by its name", async () => {
    const { id } = await own.create();
    await own.publish({ chain: [ref()], overrides: { "email-classification": [ref(id)], "ticket-triage": [] } });
    const usedBy = { functions: ["email-classification"], isInDefaultChain: true };
    expect(await readConnection(own.context, { id })).toMatchObject({ usedBy });
    const refusal = { code: "conflict", fields: { confirm: expect.stringContaining("Ours") } };
    await expect(deleteConnection(own.context, { id })).rejects.toMatchObject(refusal);
    await expect(deleteConnection(own.context, { id, confirm: "ours" })).rejects.toMatchObject({
      userMessage: expect.stringContaining("email-classification and the default chain will lose a target"),
    });
    expect(await deleteConnection(own.context, { id, confirm: "Ours" })).toEqual({ id, usedBy });
  });

  test("of two keys at a provider neither is the chain's only one", async () => {
    const { id } = await own.create();
    const second = await own.create({ name: "Second" });
    await own.publish({ chain: [ref()], overrides: { "email-classification": [ref(second.id)] } });
    expect(await readConnection(own.context, { id })).toMatchObject({
      usedBy: { functions: [], isInDefaultChain: false },
    });
    await updateConnection(own.context, { id: second.id, isEnabled: false });
    expect(await readConnection(own.context, { id })).toMatchObject({
      usedBy: { functions: [], isInDefaultChain: true },
    });
  });
});
