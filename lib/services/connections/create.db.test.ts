import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { KEY, OPENAI, OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { contextOf, keyWith, memberOf } from "#e2e/isolation/support/tenants.ts";
import { createConnection } from "./create.ts";
import { listConnections } from "./list.ts";
import { listProviders } from "./list-providers.ts";
import type { CreateConnectionInput } from "./schemas.ts";
import { testConnection } from "./test.ts";

const own = new OwnTenant();

describe("creating", () => {
  test("the answer tells everything about the key but the key, and the row holds it sealed", async () => {
    const made = await own.create();
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
    expect(await own.secret(made.id)).toEqual({ apiKey: KEY });
    expect(Buffer.from((await own.row(made.id)).secrets ?? []).includes(KEY)).toBe(false);
    expect(own.context.changes).toEqual([own.tenant.tenantId]);
  });

  test("is on record without the key", async () => {
    const { id } = await own.create();
    const events = await own.audits();
    expect(events.at(-1)).toMatchObject({
      action: "connection.create",
      target_id: id,
      after: { provider: "openai", secretFields: ["apiKey"] },
    });
    expect(JSON.stringify(events)).not.toContain(KEY);
  });

  test("several at one provider come after each other unless a priority is given", async () => {
    await own.create();
    await own.create({ name: "Second" });
    await own.create({ name: "First of all", priority: 1 });
    await own.create({ name: "Elsewhere", provider: "groq" });
    const { data } = await listConnections(own.context);
    expect(data.map(({ name, own }) => [name, own?.priority])).toEqual([
      ["Ours", 1],
      ["First of all", 1],
      ["Elsewhere", 1],
      ["Second", 2],
      ["demo", undefined],
    ]);
  });

  test("a tenant has 200 at most, whatever priority is given and however many are made at once", async () => {
    const sql = `INSERT INTO connection (tenant_id, id, provider, name, priority, fields, regions, updated_by)
      SELECT $1, gen_random_uuid(), 'openai', 'One of many', 1, '{}', '{}', 'Ann' FROM generate_series(1, 198)`;
    await own.opened.owner.query(sql, [own.tenant.tenantId]);
    const attempts = Array.from({ length: 5 }, (_, at) => own.create(at % 2 === 0 ? {} : { priority: 1 }));
    const made = await Promise.allSettled(attempts);
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    for (const attempt of made) {
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject({ code: "conflict" });
    }
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
    [
      "a cloud as a server of one's own",
      { provider: "vllm", fields: { baseUrl: "https://API.openai.com/v1" } },
      "fields.baseUrl",
      /is the address of OpenAI/,
    ],
    [
      "a price beyond every price",
      {
        provider: "vllm",
        fields: { baseUrl: "https://gpu.example/v1" },
        price: { kind: "gpu-hour", nanoUsdPerHour: "1000000000000001" },
      },
      "price.nanoUsdPerHour",
      /a million dollars/,
    ],
    ["a priority out of range", { priority: 0 }, "priority", /At least 1/],
  ])("%s is said beside its field, and nothing is stored", async (_, part, field, says) => {
    await expect(own.create(part)).rejects.toMatchObject({
      code: "invalid_request",
      fields: { [field]: expect.stringMatching(says) },
      message: expect.not.stringContaining(KEY),
    });
    expect((await listConnections(own.context)).data).toMatchObject([{ id: "demo" }]);
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
    await expect(createConnection(own.context, account)).rejects.toMatchObject({
      fields: { "fields.serviceAccountJson": expect.stringContaining("names an address that must") },
    });
    const right = { ...key, token_uri: "https://oauth2.googleapis.com/token" };
    const made = await createConnection(own.context, {
      ...account,
      fields: { ...fields, serviceAccountJson: JSON.stringify(right) },
    });
    expect(made).toMatchObject({ regions: ["europe-west4"], own: { secretHint: "cdef" } });
  });

  test("what the operator allows may be plain HTTP and private", async () => {
    const fields = { baseUrl: "http://10.0.0.5:8000/v1/" };
    const made = await createConnection(own.privateAllowed(), { provider: "vllm", name: "Rack", fields });
    expect(made).toMatchObject({
      hosting: "self-hosted",
      host: "10.0.0.5",
      own: { secretFields: [], secretHint: null },
    });
    expect(made.own.fields).toEqual({ baseUrl: "http://10.0.0.5:8000/v1" });
  });

  test("a key too short to be told apart by its end shows nothing of it", async () => {
    expect((await own.create({ fields: { apiKey: "sk-short" } })).own.secretHint).toBeNull();
  });

  test("nobody but owners and admins may", async () => {
    for (const role of ["developer", "finance", "viewer"] as const) {
      const asRole = contextOf(own.opened.database, own.tenant, memberOf(own.tenant, role));
      await expect(createConnection(asRole, OPENAI)).rejects.toMatchObject({ code: "not_allowed" });
      await expect(testConnection(asRole, { provider: "openai" })).rejects.toMatchObject({ code: "not_allowed" });
    }
    const reader = contextOf(own.opened.database, own.tenant, keyWith(["management:read"]));
    await expect(createConnection(reader, OPENAI)).rejects.toMatchObject({ code: "not_allowed" });
  });
});

test("a form is told what each provider asks for", async () => {
  const { data } = await listProviders(own.context);
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
