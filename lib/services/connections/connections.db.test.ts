import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  connectionPorts,
  contextOf,
  keyWith,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { withTenant } from "#lib/db/client.ts";
import type { AccountProbe, ProbeReport, ProbeStep, ProbeTarget } from "#lib/providers/probe/contract.ts";
import { openMasterKeys } from "#lib/vault/master-keys.ts";
import { createVault } from "#lib/vault/vault.ts";
import type { ServiceContext } from "../context.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import { createConnection } from "./create.ts";
import { deleteConnection } from "./delete.ts";
import { discoverModels } from "./discover.ts";
import { findOwn } from "./find-own.ts";
import { listConnections } from "./list.ts";
import { listProviders } from "./list-providers.ts";
import { readConnection } from "./read.ts";
import { replaceSecrets } from "./replace-secrets.ts";
import type { CreateConnectionInput } from "./schemas.ts";
import { openSecrets } from "./seal-secrets.ts";
import { testConnection } from "./test.ts";
import { updateConnection } from "./update.ts";

const KEY = "sk-of-a-tenant-and-nobody-else-0042";
const OPENAI: CreateConnectionInput = { provider: "openai", name: "Ours", fields: { apiKey: KEY } };

let opened: Opened;
let tenant: TestTenant;
let context: ServiceContext & { changes: string[] };
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
  context = contextOf(opened.database, tenant);
});
afterAll(() => opened.close());

const create = (part: Partial<CreateConnectionInput> = {}) => createConnection(context, { ...OPENAI, ...part });
const rowOf = (id: string) => withTenant(opened.database, tenant.tenantId, (tx) => findOwn(tx, tenant.tenantId, id));
const secretOf = async (id: string) => (await openSecrets(context.connections.vault, await rowOf(id))).secret;
const audits = async () =>
  (await opened.owner.query("SELECT * FROM audit_event WHERE tenant_id = $1 ORDER BY id", [tenant.tenantId])).rows;
const publish = (config: Partial<RouteConfig>) =>
  opened.owner.query("INSERT INTO route_version VALUES ($1, 2, $2, '', 'Ann')", [
    tenant.tenantId,
    JSON.stringify({ mode: "bring-your-own", tier: "balanced", ...config }),
  ]);
const privateAllowed = () => ({
  ...context,
  connections: { ...context.connections, egressAllow: { hosts: [], networks: ["10.0.0.0/8"] } },
});

describe("creating", () => {
  test("the answer tells everything about the key but the key, and the row holds it sealed", async () => {
    const made = await create();
    expect(made).toMatchObject({
      owner: "tenant",
      provider: "openai",
      providerName: "OpenAI",
      name: "Ours",
      hosting: "cloud",
      host: "api.openai.com",
      unopened: null,
      own: { priority: 1, isEnabled: true, fields: {}, secretFields: ["apiKey"], secretHint: "0042", lastTest: null },
      usedBy: { functions: [], isInDefaultChain: false },
    });
    expect(JSON.stringify(made)).not.toContain(KEY);
    expect(await secretOf(made.id)).toEqual({ apiKey: KEY });
    expect(Buffer.from((await rowOf(made.id)).secrets ?? []).includes(KEY)).toBe(false);
    expect(context.changes).toEqual([tenant.tenantId]);
  });

  test("is on record without the key", async () => {
    const { id } = await create();
    const events = await audits();
    expect(events.at(-1)).toMatchObject({
      action: "connection.create",
      target_id: id,
      after: { provider: "openai", secretFields: ["apiKey"] },
    });
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  test("several at one provider come after each other unless a priority is given", async () => {
    await create();
    await create({ name: "Second" });
    await create({ name: "First of all", priority: 1 });
    await create({ name: "Elsewhere", provider: "groq" });
    const { data } = await listConnections(context);
    expect(data.map(({ name, own }) => [name, own?.priority])).toEqual([
      ["Ours", 1],
      ["First of all", 1],
      ["Elsewhere", 1],
      ["Second", 2],
      ["demo", undefined],
    ]);
  });

  test.each<[string, Partial<CreateConnectionInput>, string, RegExp]>([
    ["a missing key", { fields: {} }, "fields.apiKey", /^API key must be set too/],
    ["a blank key", { fields: { apiKey: "  " } }, "fields.apiKey", /must be set too/],
    [
      "a field that there is not",
      { fields: { apiKey: KEY, password: "x" } },
      "fields.password",
      /is no field of OpenAI/,
    ],
    ["a provider that there is not", { provider: "opnai" }, "provider", /no such provider/],
    ["plain HTTP", { fields: { apiKey: KEY, baseUrl: "http://api.example.com" } }, "fields.baseUrl", /https/],
    ["an address within", { fields: { apiKey: KEY, baseUrl: "https://10.1.2.3/v1" } }, "fields.baseUrl", /public/],
    ["a metadata address", { fields: { apiKey: KEY, baseUrl: "https://169.254.169.254" } }, "fields.baseUrl", /public/],
    ["credentials in the address", { fields: { apiKey: KEY, baseUrl: "https://a:b@c.com" } }, "fields.baseUrl", /user/],
    ["a GPU's hour at a cloud", { price: { kind: "gpu-hour", nanoUsdPerHour: "1" } }, "price", /servers of your own/],
    ["a priority out of range", { priority: 0 }, "priority", /At least 1/],
  ])("%s is said beside its field, and nothing is stored", async (_, part, field, says) => {
    await expect(create(part)).rejects.toMatchObject({
      code: "invalid_request",
      fields: { [field]: expect.stringMatching(says) },
      message: expect.not.stringContaining(KEY),
    });
    expect((await listConnections(context)).data).toMatchObject([{ id: "demo" }]);
  });

  test("a service account whose tokens would be made at an address within is refused", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = {
      client_email: "a@b.example",
      private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
      private_key_id: "0123456789abcdef",
      token_uri: "http://169.254.169.254/token",
    };
    const fields = { project: "p", location: "europe-west4", serviceAccountJson: JSON.stringify(key) };
    const account = { provider: "vertex", name: "Vertex", fields };
    await expect(createConnection(context, account)).rejects.toMatchObject({
      fields: { "fields.serviceAccountJson": expect.stringContaining("names an address that must") },
    });
    const right = { ...key, token_uri: "https://oauth2.googleapis.com/token" };
    const made = await createConnection(context, {
      ...account,
      fields: { ...fields, serviceAccountJson: JSON.stringify(right) },
    });
    expect(made).toMatchObject({ regions: ["europe-west4"], own: { secretHint: "cdef" } });
  });

  test("what the operator allows may be plain HTTP and private", async () => {
    const fields = { baseUrl: "http://10.0.0.5:8000/v1/" };
    const made = await createConnection(privateAllowed(), { provider: "vllm", name: "Rack", fields });
    expect(made).toMatchObject({
      hosting: "self-hosted",
      host: "10.0.0.5",
      own: { secretFields: [], secretHint: null },
    });
    expect(made.own.fields).toEqual({ baseUrl: "http://10.0.0.5:8000/v1" });
  });

  test("a key too short to be told apart by its end shows nothing of it", async () => {
    expect((await create({ fields: { apiKey: "sk-short" } })).own.secretHint).toBeNull();
  });

  test("nobody but owners and admins may", async () => {
    for (const role of ["developer", "finance", "viewer"] as const) {
      const asRole = contextOf(opened.database, tenant, memberOf(tenant, role));
      await expect(createConnection(asRole, OPENAI)).rejects.toMatchObject({ code: "not_allowed" });
      await expect(testConnection(asRole, { provider: "openai" })).rejects.toMatchObject({ code: "not_allowed" });
    }
    const reader = contextOf(opened.database, tenant, keyWith(["management:read"]));
    await expect(createConnection(reader, OPENAI)).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("changing", () => {
  test("what is left out stays, and the key with it", async () => {
    const { id } = await create();
    const before = await rowOf(id);
    const changed = await updateConnection(context, { id, name: "Renamed", isEnabled: false, regions: ["eu-west-1"] });
    expect(changed).toMatchObject({ name: "Renamed", regions: ["eu-west-1"], own: { isEnabled: false, priority: 1 } });
    expect(await rowOf(id)).toMatchObject({ secrets: before.secrets, version: 1 });
  });

  test("a blank secret is the stored one; another one is sealed anew in the next version", async () => {
    const { id } = await create({ fields: { apiKey: KEY, baseUrl: "https://proxy.example.com/v1" } });
    await updateConnection(context, { id, fields: { apiKey: "", baseUrl: "https://proxy.example.com/v2" } });
    expect(await secretOf(id)).toEqual({ apiKey: KEY });
    expect(await rowOf(id)).toMatchObject({ version: 1, fields: { baseUrl: "https://proxy.example.com/v2" } });
    await updateConnection(context, { id, fields: { apiKey: "sk-another-key-9999", baseUrl: null } });
    expect(await secretOf(id)).toEqual({ apiKey: "sk-another-key-9999" });
    expect(await rowOf(id)).toMatchObject({ version: 2, secretHint: "9999", fields: {} });
    expect(JSON.stringify(await audits())).not.toMatch(/sk-/);
  });

  test("a stored key is not sent to another address: it has to be entered again with it", async () => {
    const { id } = await create();
    const baseUrl = "https://thief.example.com/v1";
    const refusal = {
      code: "invalid_request",
      fields: { "fields.apiKey": expect.stringContaining("enter the key again") },
    };
    await expect(updateConnection(context, { id, fields: { baseUrl } })).rejects.toMatchObject(refusal);
    await expect(testConnection(context, { id, fields: { baseUrl } })).rejects.toMatchObject(refusal);
    expect(await updateConnection(context, { id, fields: { baseUrl, apiKey: KEY } })).toMatchObject({
      host: "thief.example.com",
    });
  });

  test("replacing takes all secrets together, and a missing one is said", async () => {
    const fields = { region: "eu-central-1", accessKeyId: "AKIAEXAMPLE00001", secretAccessKey: "secret-access-key-1" };
    const { id } = await createConnection(context, { provider: "bedrock", name: "Bedrock", fields });
    await expect(replaceSecrets(context, { id, secrets: { accessKeyId: "AKIAEXAMPLE00002" } })).rejects.toMatchObject({
      fields: { "fields.secretAccessKey": expect.any(String) },
    });
    const next = { accessKeyId: "AKIAEXAMPLE00002", secretAccessKey: "secret-access-key-2" };
    expect(await replaceSecrets(context, { id, secrets: next })).toMatchObject({ own: { secretHint: "0002" } });
    expect(await secretOf(id)).toEqual(next);
    expect((await audits()).at(-1)).toMatchObject({ action: "connection.replace-secrets", after: { version: 2 } });
  });

  test("the sealed value of an earlier version does not open in its place", async () => {
    const { id } = await create();
    const { secrets } = await rowOf(id);
    await replaceSecrets(context, { id, secrets: { apiKey: "sk-another-key-9999" } });
    await opened.owner.query("UPDATE connection SET secrets = $2 WHERE id = $1", [id, secrets]);
    expect(await readConnection(context, { id })).toMatchObject({
      unopened: expect.stringContaining("changed or moved"),
    });
  });

  test("two replacements at once: one wins, the other is told", async () => {
    const { id } = await create();
    const both = await Promise.allSettled(
      ["one", "two"].map((key) => replaceSecrets(context, { id, secrets: { apiKey: `sk-the-key-${key}-long` } })),
    );
    const lost = both.filter(({ status }) => status === "rejected");
    expect(lost.length).toBeLessThan(2);
    for (const one of lost) expect((one as PromiseRejectedResult).reason).toMatchObject({ code: "conflict" });
    expect(await readConnection(context, { id })).toMatchObject({ unopened: null });
  });

  test("another tenant's connection is not there", async () => {
    const { id } = await create();
    const stranger = contextOf(opened.database, await makeTenant(opened.database, `stranger-${count}`));
    const notFound = { code: "not_found" };
    await expect(readConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(updateConnection(stranger, { id, name: "Mine" })).rejects.toMatchObject(notFound);
    await expect(replaceSecrets(stranger, { id, secrets: { apiKey: KEY } })).rejects.toMatchObject(notFound);
    await expect(deleteConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(testConnection(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(discoverModels(stranger, { id })).rejects.toMatchObject(notFound);
    await expect(readConnection(context, { id: "no-uuid" })).rejects.toMatchObject(notFound);
  });
});

describe("a master key that is missing", () => {
  const withoutKey = () => {
    const wrapper = openMasterKeys(`other:${Buffer.alloc(32, 9).toString("base64")}`);
    const store = { read: async () => null, insert: async () => true, remove: async () => {} };
    const { tenantId } = tenant;
    const read = async () => {
      const row = await withTenant(opened.database, tenantId, (tx) =>
        tx.tenantDataKey.findUnique({ where: { tenantId } }),
      );
      return row;
    };
    const vault = createVault({ wrapper, store: { ...store, read } });
    return { ...context, connections: connectionPorts(opened.database, { vault }) };
  };

  test("is named for the connection, nothing is lost, and nothing is saved that could not be opened", async () => {
    const { id } = await create();
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
    expect(await readConnection(context, { id })).toMatchObject({ name: "Still ours", unopened: null });
    expect(await secretOf(id)).toEqual({ apiKey: KEY });
  });
});

describe("deleting", () => {
  const ref = (connectionId: string | null = null) => ({ provider: "openai", model: "gpt-6-luna", connectionId });

  test("one that no chain goes to just goes, with its secrets", async () => {
    const { id } = await create();
    expect(await deleteConnection(context, { id })).toEqual({ id, usedBy: { functions: [], isInDefaultChain: false } });
    await expect(readConnection(context, { id })).rejects.toMatchObject({ code: "not_found" });
    expect((await audits()).at(-1)).toMatchObject({ action: "connection.delete", before: { name: "Ours" } });
  });

  test("one that functions need names them, and goes once it is confirmed by its name", async () => {
    const { id } = await create();
    await publish({ chain: [ref()], overrides: { "email-classification": [ref(id)], "ticket-triage": [] } });
    const usedBy = { functions: ["email-classification"], isInDefaultChain: true };
    expect(await readConnection(context, { id })).toMatchObject({ usedBy });
    const refusal = { code: "conflict", fields: { confirm: expect.stringContaining("Ours") } };
    await expect(deleteConnection(context, { id })).rejects.toMatchObject(refusal);
    await expect(deleteConnection(context, { id, confirm: "ours" })).rejects.toMatchObject({
      userMessage: expect.stringContaining("email-classification and the default chain will lose a target"),
    });
    expect(await deleteConnection(context, { id, confirm: "Ours" })).toEqual({ id, usedBy });
  });

  test("of two keys at a provider neither is the chain's only one", async () => {
    const { id } = await create();
    const second = await create({ name: "Second" });
    await publish({ chain: [ref()], overrides: { "email-classification": [ref(second.id)] } });
    expect(await readConnection(context, { id })).toMatchObject({ usedBy: { functions: [], isInDefaultChain: false } });
    await updateConnection(context, { id: second.id, isEnabled: false });
    expect(await readConnection(context, { id })).toMatchObject({ usedBy: { functions: [], isInDefaultChain: true } });
  });
});

describe("testing and discovering", () => {
  const asked: ProbeTarget[] = [];
  const passed = (step: ProbeStep["step"]): ProbeStep => ({ step, status: "passed", ms: 3, message: "Fine." });
  const report: ProbeReport = {
    steps: (["address", "tls", "sign-in", "models", "completion", "stream"] as const).map(passed),
    model: "gpt-6-luna",
    models: [{ id: "gpt-6-luna", contextTokens: null }],
  };
  const probe: AccountProbe = {
    async test(target) {
      asked.push(target);
      return report;
    },
    async listModels(target) {
      asked.push(target);
      return { models: [{ id: "llama", contextTokens: 8_192 }], problem: null };
    },
  };
  const probed = () => ({ ...privateAllowed(), connections: { ...privateAllowed().connections, probe } });
  beforeEach(() => void asked.splice(0));

  test("unsaved values are tried as they would be called, and nothing is stored", async () => {
    const result = await testConnection(probed(), { provider: "openai", fields: { apiKey: KEY } });
    expect(result).toMatchObject({ isOk: true, model: "gpt-6-luna", steps: report.steps });
    expect(asked).toMatchObject([{ rule: { kind: "public" }, account: { fields: { apiKey: KEY } } }]);
    expect((await listConnections(context)).data).toMatchObject([{ id: "demo" }]);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  test("a saved one is tried with its stored key, and remembers how it went", async () => {
    const { id } = await create();
    await testConnection(probed(), { id });
    expect(asked[0]?.account.fields).toEqual({ apiKey: KEY });
    expect((await readConnection(context, { id })).own.lastTest).toMatchObject({ isOk: true, steps: report.steps });
  });

  test("a test of changes says nothing of what is stored", async () => {
    const { id } = await create();
    await testConnection(probed(), { id, fields: { apiKey: "sk-another-key-9999" } });
    expect(asked[0]?.account.fields).toEqual({ apiKey: "sk-another-key-9999" });
    expect((await readConnection(context, { id })).own.lastTest).toBeNull();
  });

  test("a server of the tenant's own is reached at its host alone", async () => {
    await testConnection(probed(), { provider: "vllm", fields: { baseUrl: "http://10.0.0.5:8000/v1" } });
    expect(asked[0]?.rule).toMatchObject({ kind: "listed", hosts: ["10.0.0.5"], enteredBy: "tenant" });
  });

  test("in self-hosted mode a cloud is not reached for a test either, nor is what lies outside of the residency", async () => {
    await publish({ mode: "self-hosted" });
    await testConnection(probed(), { provider: "openai", fields: { apiKey: KEY } });
    expect(asked[0]?.rule).toMatchObject({ kind: "listed", name: "self-hosted mode", hosts: [] });
    const other = await makeTenant(opened.database, `resident-${count}`);
    const config = { mode: "bring-your-own", tier: "balanced", residency: { regions: ["eu-west-1"], hosts: [] } };
    await opened.owner.query("INSERT INTO route_version VALUES ($1, 2, $2, '', 'Ann')", [other.tenantId, config]);
    const resident = { ...contextOf(opened.database, other), connections: probed().connections };
    await testConnection(resident, { provider: "openai", fields: { apiKey: KEY } });
    await testConnection(resident, { provider: "openai", fields: { apiKey: KEY }, regions: ["eu-west-1"] });
    expect(asked.slice(1).map(({ rule }) => rule)).toMatchObject([
      { name: "residency", hosts: [] },
      { name: "residency", hosts: ["api.openai.com"] },
    ]);
  });

  test("what a server has is kept", async () => {
    const fields = { baseUrl: "http://10.0.0.5:8000/v1" };
    const { id } = await createConnection(privateAllowed(), { provider: "vllm", name: "Rack", fields });
    const models = [{ id: "llama", contextTokens: 8_192 }];
    expect((await discoverModels(probed(), { id })).own.models).toEqual(models);
    expect((await audits()).at(-1)).toMatchObject({ action: "connection.discover", after: { models: ["llama"] } });
  });

  test("a server that does not say what it has is told as it is", async () => {
    const silent: AccountProbe = { ...probe, listModels: async () => ({ models: null, problem: "It is away." }) };
    const { id } = await create();
    const asking = { ...context, connections: { ...context.connections, probe: silent } };
    await expect(discoverModels(asking, { id })).rejects.toMatchObject({
      code: "conflict",
      userMessage: "The models could not be read. It is away.",
    });
  });
});

test("a form is told what each provider asks for", async () => {
  const { data } = await listProviders(context);
  expect(data.find(({ id }) => id === "azure-openai")?.fields).toContainEqual({
    id: "resource",
    label: "Resource",
    hint: expect.any(String),
    format: "label",
    isSecret: false,
    isRequired: true,
    unless: "baseUrl",
    default: null,
  });
  expect(data.find(({ id }) => id === "vllm")).toMatchObject({ hosting: "self-hosted", listsModels: true });
});
