import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type TestServer } from "#e2e/support/server.ts";
import { insertRows } from "#lib/ledger/insert-rows.ts";
import { toRow } from "#lib/ledger/record-row.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { revokeApiKey } from "#lib/services/api-keys/revoke.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { API_KEY_SCOPES, type ApiKeyScope } from "#lib/services/permissions.ts";
import { makeInvocation } from "./support/gateway.ts";
import { MANAGEMENT_ROUTES } from "./support/management-routes.ts";
import { contextOf, makeTenant, type Opened, openTestDatabase, type TestTenant } from "./support/tenants.ts";

/** Each of them is asked as a stranger would; enrolment.test.ts sees to it that none is missing. */
const enrolled = Object.entries(MANAGEMENT_ROUTES).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, { scope, body, query }]) => ({ route, method, scope, body, query })),
);

let opened: Opened;
let server: TestServer;
let a: TestTenant;
let ids: Record<string, string>;
let secrets: Record<"full" | "invoke" | "read" | "write" | "revoked" | "strangers", string>;

beforeAll(async () => {
  opened = await openTestDatabase();
  a = await makeTenant(opened.database, "acme");
  const b = await makeTenant(opened.database, "globex");
  const record = makeInvocation({ id: uuidv7(), tenantId: a.tenantId, createdAtMs: Date.now() });
  await insertRows(opened.database, a.tenantId, [toRow(record)]);
  const newKey = (tenant: TestTenant, scopes: readonly ApiKeyScope[]) =>
    createApiKey(contextOf(opened.database, tenant), { name: "Key", scopes: [...scopes] });
  const [full, invoke, read, write, revoked, strangers] = [
    await newKey(a, API_KEY_SCOPES),
    await newKey(a, ["gateway:invoke"]),
    await newKey(a, ["management:read"]),
    await newKey(a, ["management:write"]),
    await newKey(a, API_KEY_SCOPES),
    await newKey(b, API_KEY_SCOPES),
  ];
  await revokeApiKey(contextOf(opened.database, a), { id: revoked.id });
  const account = { provider: "groq", name: "Groq", fields: { apiKey: "gsk_of-acme" } };
  const connection = await createConnection(contextOf(opened.database, a), account);
  ids = { "api-keys": full.id, connections: connection.id, invocations: record.id };
  secrets = {
    full: full.secret,
    invoke: invoke.secret,
    read: read.secret,
    write: write.secret,
    revoked: revoked.secret,
    strangers: strangers.secret,
  };
  const { ownerUrl, appUrl } = opened.test;
  server = await startServer({ mount: "next", env: { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl } });
});
afterAll(async () => {
  await server?.stop();
  await opened.close();
});

/** Asks a route for a tenant's own things: the ids in the path are those of rows that `acme` has. */
async function ask(
  route: string,
  method: string,
  { slug = "acme", headers = {} as Record<string, string>, body = {} as object | undefined, query = "" },
) {
  const filled = route
    .replace("[tenant]", slug)
    .replace("[id]", ids[route.split("/")[1] ?? ""] ?? "none")
    .replace("[number]", "1");
  const isSending = method === "POST" || method === "PUT";
  const response = await fetch(`${server.baseUrl}/api/tenants/${filled}${query}`, {
    method,
    headers: { ...headers, ...(isSending && { "content-type": "application/json" }) },
    ...(isSending && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, error: text === "" ? null : JSON.parse(text).error, text };
}
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** What a stranger must not have changed. */
async function stateOfA() {
  const read = async (sql: string) => (await opened.owner.query(sql, [a.tenantId])).rows;
  return [
    await read("SELECT id, revoked_at FROM api_key WHERE tenant_id = $1 ORDER BY id"),
    await read("SELECT number, config FROM route_version WHERE tenant_id = $1 ORDER BY number"),
    await read("SELECT * FROM connection WHERE tenant_id = $1 ORDER BY id"),
    await read("SELECT config, revision FROM route_draft WHERE tenant_id = $1"),
    await read("SELECT id FROM audit_event WHERE tenant_id = $1 ORDER BY id"),
  ];
}

describe.each(enrolled)("$method $route", ({ route, method, scope, body, query }) => {
  test("to another tenant's key the tenant does not exist, whatever the key may do at home", async () => {
    const before = await stateOfA();
    const foreign = await ask(route, method, { headers: bearer(secrets.strangers), body, query });
    expect(foreign).toMatchObject({ status: 404, error: { code: "not_found" } });
    const nowhere = await ask(route, method, {
      slug: "no-such-tenant",
      headers: bearer(secrets.strangers),
      body,
      query,
    });
    expect({ ...nowhere.error, requestId: null }).toEqual({ ...foreign.error, requestId: null });
    expect(foreign.error.message).toContain("no such tenant");
    expect(await stateOfA()).toEqual(before);
  });

  test.each<[string, () => Record<string, string>]>([
    ["nothing at all", () => ({ origin: server.baseUrl })],
    ["a made-up key", () => bearer("sy_made-up")],
    ["a revoked key", () => bearer(secrets.revoked)],
    ["a made-up session", () => ({ origin: server.baseUrl, cookie: "next-auth.session-token=e30.e30.e30" })],
  ])("with %s it is 401", async (_, headers) => {
    const before = await stateOfA();
    expect((await ask(route, method, { headers: headers(), body, query })).status).toBe(401);
    expect(await stateOfA()).toEqual(before);
  });

  test("to a key of the tenant without the scope it is 403", async () => {
    const before = await stateOfA();
    const lacking = scope === "management:read" ? secrets.write : secrets.read;
    for (const secret of [secrets.invoke, lacking]) {
      const refused = await ask(route, method, { headers: bearer(secret), body, query });
      expect(refused).toMatchObject({ status: 403, error: { code: "not_allowed" } });
    }
    expect(await stateOfA()).toEqual(before);
  });
});

test.each(enrolled.filter(({ method }) => method === "GET"))(
  "$method $route answers the tenant's own key: the refusals above are not for want of a route",
  async ({ route, method, query }) => {
    expect((await ask(route, method, { headers: bearer(secrets.full), query })).status).toBe(200);
  },
);
