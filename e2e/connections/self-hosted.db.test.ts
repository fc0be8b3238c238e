import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { poll } from "#e2e/support/poll.ts";
import type { HealthHistory } from "#lib/services/connections/health/schemas.ts";
import type { OwnConnectionDto } from "#lib/services/connections/schemas.ts";
import type { ConnectionTestResult } from "#lib/services/connections/tests/schemas.ts";
import { LOCAL_MODEL, type LocalServer, openLocalServer, openWitness } from "./support/local-server.ts";
import { answerOf, connect, forcePublish, listConnections, ref } from "./support/tenant.ts";

const MESSAGES = [{ role: "user", content: "Hello" }];
const FUNCTION = "email-classification";

/** Everything that could lead away from home is configured: own cloud accounts, the platform's, its fallback. */
describe.each(MOUNTS)("a tenant in self-hosted mode over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;
  let local: LocalServer;
  let witness: Awaited<ReturnType<typeof openWitness>>;

  beforeAll(async () => {
    witness = await openWitness();
    local = await openLocalServer(witness.url);
    gateway = await openGateway(mount, {
      SWITCHYARD_EGRESS_ALLOW: "127.0.0.1,localhost",
      PLATFORM_OPENAI_BASE_URL: `${witness.url}/platform`,
      PLATFORM_ANTHROPIC_BASE_URL: `${witness.url}/platform`,
      SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS: "400",
      SWITCHYARD_CALL_DEADLINE_MS: "5000",
    });
    const cloud = { apiKey: "sk-of-a-cloud-0123456789", baseUrl: `${witness.url}/v1` };
    await connect(gateway, { provider: "openai", name: "Cloud", fields: cloud });
    await connect(gateway, { provider: "vllm", name: "Rack", fields: { baseUrl: local.baseUrl } });
    const chain = [ref("vllm", LOCAL_MODEL), ref("openai", "gpt-6-luna")];
    // The management API would not have the cloud in it.
    await forcePublish(gateway, { mode: "self-hosted", chain, hasPlatformFallback: true });
  });
  afterAll(async () => {
    await gateway?.close();
    await local.close();
    await witness.close();
  });
  beforeEach(() => {
    local.behave("well");
    local.asked.length = 0;
  });

  const call = (isStream: boolean, model = FUNCTION) =>
    gateway.chat({ model, messages: MESSAGES, ...(isStream && { stream: true }) });
  const ways = [
    ["a whole answer", false],
    ["a stream", true],
  ] as const;

  test.each(ways)("gets %s from its own server", async (_, isStream) => {
    const response = await call(isStream);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-switchyard-provider")).toBe("vllm");
    expect(await response.text()).toContain("Hel");
    expect(witness.visits()).toBe(0);
  });

  test.each(
    (["slow", "cut", "failing", "redirecting"] as const).flatMap((behaviour) =>
      ways.map(([name, isStream]) => [name, behaviour, isStream] as const),
    ),
  )("%s while its server is %s: an error or a cut, and not a packet elsewhere", async (_, behaviour, isStream) => {
    local.behave(behaviour);
    const response = await call(isStream);
    const text = await response.text();
    const isWhole = response.status === 200 && (!isStream || text.includes("[DONE]"));
    expect(isWhole).toBe(false);
    expect(local.asked.length).toBeGreaterThan(0);
    expect(witness.visits()).toBe(0);
  });

  test.each(ways)("%s while its server is down: an error, and not a packet elsewhere", async (_, isStream) => {
    await local.fall();
    try {
      const response = await call(isStream);
      expect(response.status).toBeGreaterThanOrEqual(500);
      await response.text();
      expect(witness.visits()).toBe(0);
    } finally {
      await local.rise();
    }
  });

  test("does not reach a cloud by naming its model either", async () => {
    for (const model of ["openai/gpt-6-luna", "anthropic/claude-haiku-4-5"]) {
      const response = await call(false, model);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      await response.text();
    }
    expect(witness.visits()).toBe(0);
  });

  test("does not send its server what that would only pass on to a cloud", async () => {
    const response = await call(false, "vllm/gpt-oss:20b-cloud");
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("passes it on to a cloud");
    expect(local.asked).toEqual([]);
    expect(witness.visits()).toBe(0);
  });

  test("does not reach a cloud for a test of its connection, or to ask for its models", async () => {
    const cloud = (await listConnections(gateway)).find(({ name }) => name === "Cloud");
    const tested = await gateway.manage("POST", "/connections/test", { id: cloud?.id });
    const { steps } = await answerOf<ConnectionTestResult>(tested, 200);
    expect(steps[0]).toMatchObject({ step: "address", status: "failed" });
    expect((await gateway.manage("POST", `/connections/${cloud?.id}/discover`, {})).status).toBe(409);
    expect(witness.visits()).toBe(0);
  });

  test("discovers what its server has, and tests it step by step", async () => {
    const rack = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    const found = await gateway.manage("POST", `/connections/${rack?.id}/discover`, {});
    expect(await answerOf(found, 200)).toMatchObject({ own: { models: [{ id: LOCAL_MODEL, contextTokens: 32_768 }] } });
    const tested = await gateway.manage("POST", "/connections/test", { id: rack?.id });
    expect(await answerOf(tested, 200)).toMatchObject({ isOk: true, model: LOCAL_MODEL });
    const kept = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    expect(kept?.own?.lastTest).toMatchObject({ isOk: true });
  });

  test("lists its server's models as what a direct call may name, and no cloud's", async () => {
    const rack = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    await answerOf(await gateway.manage("POST", `/connections/${rack?.id}/discover`, {}), 200);
    const { data } = await gateway.client().models.list();
    const models = data.map(({ id }) => id).filter((id) => id.includes("/"));
    expect(models).toEqual([`vllm/${LOCAL_MODEL}`]);
    const response = await call(false, models[0]);
    expect(response.status).toBe(200);
    await response.text();
  });

  test("says how its server is when asked, down and up again, and how it was", async () => {
    const rack = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    const path = `/connections/${rack?.id}/health`;
    const check = async () =>
      (await answerOf<OwnConnectionDto>(await gateway.manage("POST", path, {}), 200)).own.health;
    await local.fall();
    const down = await check();
    await local.rise();
    expect(down).toMatchObject({
      status: "down",
      lastFailure: { problem: expect.stringContaining("Nothing listens") },
    });
    expect(await check()).toMatchObject({ status: "up", newModels: [], goneModels: [] });
    const { data } = await answerOf<HealthHistory>(await gateway.manage("GET", `${path}?range=7d`), 200);
    const checks = data.reduce((sum, bucket) => sum + bucket.checks, 0);
    const failures = data.reduce((sum, bucket) => sum + bucket.failures, 0);
    expect(failures).toBeGreaterThan(0);
    expect(checks).toBeGreaterThan(failures);
    expect(witness.visits()).toBe(0);
  });

  test("asks a few of its servers at once, and a further question is told when to come again", async () => {
    const rack = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    const release = local.holdModels();
    const asked = [1, 2, 3, 4].map(() => gateway.manage("POST", `/connections/${rack?.id}/discover`, {}));
    // The other three wait for the server.
    const refused = await Promise.race(asked);
    release();
    expect(await answerOf(refused, 429)).toMatchObject({ error: { code: "rate_limit_exceeded" } });
    expect(refused.headers.get("retry-after")).toBe("5");
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test("has its own server on record as the only place that anything went to", async () => {
    const owner = new pg.Client({ connectionString: gateway.database.ownerUrl });
    await owner.connect();
    const ends = await poll("the destinations", 3_000, async () => {
      const { rows } = await owner.query("SELECT DISTINCT host, port FROM destination_hourly");
      return rows.length === 0 ? null : rows;
    });
    await owner.end();
    expect(ends).toEqual([{ host: "127.0.0.1", port: Number(new URL(local.baseUrl).port) }]);
  });

  test("pays for its server by the hour that it is busy", async () => {
    const rack = (await listConnections(gateway)).find(({ name }) => name === "Rack");
    // $3,600 an hour is a dollar a second, and a million nano-dollars a millisecond.
    const price = { kind: "gpu-hour", nanoUsdPerHour: "3600000000000" };
    await answerOf(await gateway.manage("PUT", `/connections/${rack?.id}`, { price }), 200);
    const response = await call(false);
    await response.text();
    const record = await gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
    const busyMs = record.attempts[0]?.latencyMs ?? Number.NaN;
    // The record's milliseconds are whole ones.
    expect(Math.abs(Number(record.costNanoUsd) / 1_000_000 - busyMs)).toBeLessThanOrEqual(0.5);
  });
});
