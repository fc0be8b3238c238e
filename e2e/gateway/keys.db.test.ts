import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#e2e/support/database.ts";
import { poll } from "#e2e/support/poll.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";

/** Two servers on one database: one answers /v1 itself, the other is Next alone. Answers are simulated. */
describe("API keys of two servers on the same database", () => {
  let database: TestDatabase;
  let adminKey: string;
  const servers: TestServer[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    adminKey = (await seedTenant(database.appUrl, "demo")).apiKey;
    const env = {
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      SWITCHYARD_MASTER_KEYS: `test:${randomBytes(32).toString("base64")}`,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    };
    for (const mount of ["node", "next"] as const) servers.push(await startServer({ mount, env }));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database?.drop();
  });

  const [NODE, NEXT] = [0, 1];
  const request = (at: number, method: string, path: string, key: string, body?: unknown) =>
    fetch(`${servers[at]?.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async (at: number, key: string) => {
    const messages = [{ role: "user", content: "Hello" }];
    const response = await request(at, "POST", "/v1/chat/completions", key, { model: "ticket-triage", messages });
    return { status: response.status, body: (await response.json()) as { error?: { code: string; message: string } } };
  };
  const createKey = async (at: number, fields: object = {}) => {
    const body = { name: "Test", scopes: ["gateway:invoke"], ...fields };
    const response = await request(at, "POST", "/api/tenants/demo/api-keys", adminKey, body);
    expect(response.status).toBe(201);
    return (await response.json()) as { id: string; secret: string };
  };

  test.each([
    ["server.ts", NODE, NEXT],
    ["next start", NEXT, NODE],
  ])(
    "a key revoked at %s is refused there at the very next call, and at the other server within a second",
    async (_, here, there) => {
      const { id, secret } = await createKey(here);
      // Both know the key by heart now.
      expect((await call(here, secret)).status).toBe(200);
      expect((await call(there, secret)).status).toBe(200);
      const revoked = await request(here, "DELETE", `/api/tenants/demo/api-keys/${id}`, adminKey);
      expect(revoked.status).toBe(200);
      const refused = await call(here, secret);
      expect(refused).toMatchObject({ status: 401, body: { error: { code: "invalid_api_key" } } });
      await poll("the other server to refuse the key", 1_000, async () =>
        (await call(there, secret)).status === 401 ? true : null,
      );
    },
  );

  test("a key that was refused before it existed works as soon as it does", async () => {
    expect((await call(NODE, `sy_${"a".repeat(43)}`)).status).toBe(401);
    const { secret } = await createKey(NODE);
    expect((await call(NODE, secret)).status).toBe(200);
    await poll("the other server to know the key", 1_000, async () =>
      (await call(NEXT, secret)).status === 200 ? true : null,
    );
  });

  test("a key ends when it expires, also for a server that knows it by heart", async () => {
    const { secret } = await createKey(NODE, { expiresAt: new Date(Date.now() + 1_500).toISOString() });
    expect((await call(NODE, secret)).status).toBe(200);
    const refused = await poll("the key to expire", 3_000, async () => {
      const answer = await call(NODE, secret);
      return answer.status === 401 ? answer : null;
    });
    expect(refused.body.error).toMatchObject({ code: "invalid_api_key", message: expect.stringContaining("expired") });
  });
});
