import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  contextOf,
  keyWith,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { Actor } from "../context.ts";
import type { Role } from "../permissions.ts";
import { createApiKey } from "./create.ts";
import { listApiKeys } from "./list.ts";
import { revokeApiKey } from "./revoke.ts";
import { apiKeySchema, type CreateApiKeyInput, createdApiKeySchema } from "./schemas.ts";

let opened: Opened;
let tenant: TestTenant;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
});
afterAll(() => opened.close());

const as = (actor: Actor = memberOf(tenant)) => contextOf(opened.database, tenant, actor);
const INVOKE = { name: "Inbox", scopes: ["gateway:invoke"] } satisfies CreateApiKeyInput;

async function query(sql: string) {
  return (await opened.owner.query(sql, [tenant.tenantId])).rows;
}
const stored = () => query("SELECT * FROM api_key WHERE tenant_id = $1");
const audits = () => query("SELECT * FROM audit_event WHERE tenant_id = $1 AND target_kind = 'api-key' ORDER BY id");

describe("a new key", () => {
  test("has its whole text in the answer, and 256 bits of it", async () => {
    const key = await createApiKey(as(), { ...INVOKE, functions: ["ticket-triage"], canCallModels: true });
    expect(createdApiKeySchema.parse(key)).toEqual(key);
    expect(key.secret).toMatch(/^sy_[A-Za-z0-9_-]{43}$/);
    expect(key).toMatchObject({ name: "Inbox", functions: ["ticket-triage"], canCallModels: true, revokedAt: null });
    expect(key.secret.startsWith(key.prefix) && key.secret.endsWith(key.lastFour)).toBe(true);
  });

  test("is stored as its SHA-256 alone: its text is in no table", async () => {
    const { secret } = await createApiKey(as(), INVOKE);
    const [row] = await stored();
    expect(row.secret_hash).toEqual(createHash("sha256").update(secret).digest());
    for (const table of ["api_key", "audit_event", "route_version", "tenant"]) {
      const { rows } = await opened.owner.query(`SELECT t::text AS row FROM ${table} t`);
      expect(rows.map((found) => found.row).join("\n")).not.toContain(secret.slice(14, -4));
    }
  });

  test("is on record with what it may do, without its text", async () => {
    const key = await createApiKey(as(), INVOKE);
    expect(await audits()).toMatchObject([
      {
        action: "api-key.create",
        target_id: key.id,
        before: null,
        after: { name: "Inbox", scopes: ["gateway:invoke"], functions: [], canCallModels: false, prefix: key.prefix },
      },
    ]);
    expect(JSON.stringify(await audits())).not.toContain(key.secret);
  });

  test("is announced to this process", async () => {
    const context = as();
    await createApiKey(context, INVOKE);
    expect(context.changes).toEqual([tenant.tenantId]);
  });

  test.each<[string, object, string]>([
    ["an expiry in the past", { expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    ["an expiry that is no time", { expiresAt: "soon" }, "expiresAt"],
    ["an unknown function", { functions: ["ticket-triage", "nope"] }, "functions"],
    ["a function named like what every object has", { functions: ["constructor"] }, "functions"],
    ["no scope", { scopes: [] }, "scopes"],
    ["an unknown scope", { scopes: ["everything"] }, "scopes.0"],
    ["no name", { name: "  " }, "name"],
    ["a name that cannot be stored", { name: "a\0" }, "name"],
    ["half a character in its name", { name: "a\ud83d" }, "name"],
    ["a secret of the caller's own", { secret: "sy_mine" }, "secret"],
  ])("with %s is refused by field, and nothing is stored", async (_, part, field) => {
    const attempt = createApiKey(as(), { ...INVOKE, ...part });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { [field]: expect.any(String) } });
    expect([await stored(), await audits()]).toEqual([[], []]);
  });
});

describe("a key that makes keys", () => {
  const WRITE = ["management:read", "management:write"];
  test.each<[string, Actor, object]>([
    ["a scope", keyWith(WRITE), { scopes: ["gateway:invoke"] }],
    ["every function", keyWith([...WRITE, "gateway:invoke"], { functions: ["ticket-triage"] }), {}],
    [
      "another function",
      keyWith([...WRITE, "gateway:invoke"], { functions: ["ticket-triage"] }),
      { functions: ["ticket-triage", "lead-qualification"] },
    ],
    ["models by name", keyWith([...WRITE, "gateway:invoke"], { canCallModels: false }), { canCallModels: true }],
  ])("cannot pass on %s that it lacks", async (_, actor, part) => {
    await expect(createApiKey(as(actor), { ...INVOKE, ...part })).rejects.toMatchObject({ code: "not_allowed" });
    expect(await stored()).toEqual([]);
  });

  test("can pass on what it has", async () => {
    const actor = keyWith([...WRITE, "gateway:invoke"], { functions: ["ticket-triage"] });
    const key = await createApiKey(as(actor), { ...INVOKE, functions: ["ticket-triage"], canCallModels: true });
    expect(key).toMatchObject({ createdBy: "Robot", functions: ["ticket-triage"] });
  });

  test.each([[["management:read"]], [["gateway:invoke"]]])("needs more than %j", async (scopes) => {
    await expect(createApiKey(as(keyWith(scopes)), INVOKE)).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("a person who makes keys", () => {
  const scopes = ["gateway:invoke", "management:read", "management:write"] as const;

  test.each<Role>(["owner", "admin"])("passes on everything as %s, whose role may do all of it", async (role) => {
    const key = await createApiKey(as(memberOf(tenant, role)), { ...INVOKE, scopes: [...scopes] });
    expect(key.scopes).toEqual(scopes);
  });

  test("cannot as a developer make a key that changes what developers may not change", async () => {
    const developer = as(memberOf(tenant, "developer"));
    await expect(createApiKey(developer, { ...INVOKE, scopes: ["management:write"] })).rejects.toMatchObject({
      code: "not_allowed",
      userMessage: expect.stringContaining("management:write"),
    });
    expect(await stored()).toEqual([]);
    const key = await createApiKey(developer, { ...INVOKE, scopes: ["gateway:invoke", "management:read"] });
    expect(key.scopes).toEqual(["gateway:invoke", "management:read"]);
  });
});

describe("the list", () => {
  test("is of the tenant's own keys, revoked ones too, and never holds their text or hash", async () => {
    const other = await makeTenant(opened.database, `other-${count}`);
    await createApiKey(contextOf(opened.database, other), { ...INVOKE, name: "Not ours" });
    const first = await createApiKey(as(), { ...INVOKE, name: "First" });
    await createApiKey(as(), { ...INVOKE, name: "Second" });
    await revokeApiKey(as(), { id: first.id });
    const { data } = await listApiKeys(as());
    expect(data.map(({ name, revokedAt }) => [name, revokedAt !== null]).sort()).toEqual([
      ["First", true],
      ["Second", false],
    ]);
    for (const key of data) expect(Object.keys(key).sort()).toEqual(Object.keys(apiKeySchema.shape).sort());
    expect(JSON.stringify(data)).not.toContain(first.secret);
  });

  test.each(["finance", "viewer"] as const)("is not for a %s", async (role) => {
    await expect(listApiKeys(as(memberOf(tenant, role)))).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("revoking", () => {
  test("marks the key, puts it on record and announces it", async () => {
    const { id, prefix } = await createApiKey(as(), INVOKE);
    const context = as();
    expect((await revokeApiKey(context, { id })).revokedAt).not.toBeNull();
    expect(context.changes).toEqual([tenant.tenantId]);
    expect((await audits()).at(-1)).toMatchObject({ action: "api-key.revoke", target_id: id, before: { prefix } });
  });

  test("twice changes nothing, even at the same moment: one time, one audit event", async () => {
    const { id } = await createApiKey(as(), INVOKE);
    const answers = await Promise.all([1, 2, 3].map(() => revokeApiKey(as(), { id })));
    answers.push(await revokeApiKey(as(), { id }));
    expect(new Set(answers.map(({ revokedAt }) => revokedAt)).size).toBe(1);
    expect((await audits()).filter(({ action }) => action === "api-key.revoke")).toHaveLength(1);
  });

  test("another tenant's key, an unknown one and what is no id are not found alike", async () => {
    const other = await makeTenant(opened.database, `other-${count}`);
    const foreign = await createApiKey(contextOf(opened.database, other), INVOKE);
    const messages: unknown[] = [];
    for (const id of [foreign.id, uuidv7(), "1' OR '1'='1"]) {
      const error = await revokeApiKey(as(), { id }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "not_found", status: 404 });
      messages.push((error as Error).message);
    }
    expect(new Set(messages).size).toBe(1);
    expect((await listApiKeys(contextOf(opened.database, other))).data[0]?.revokedAt).toBeNull();
  });

  test("is not for a viewer", async () => {
    const { id } = await createApiKey(as(), INVOKE);
    const attempt = revokeApiKey(as(memberOf(tenant, "viewer")), { id });
    await expect(attempt).rejects.toMatchObject({ code: "not_allowed" });
  });
});
