import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { poll } from "#e2e/support/poll.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { answerAnyWire } from "#e2e/support/upstream-answers.ts";
import { runScript } from "./support/run-script.ts";
import { connect, listConnections, publish, ref } from "./support/tenant.ts";

const newKey = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
const OLD = newKey("2025");
const NEW = newKey("2026");
const CALL = { model: "email-classification", messages: [{ role: "user", content: "Hello" }] };

/** One database throughout; instances come and go on it with other master keys. */
describe("master keys", () => {
  let gateway: GatewayUnderTest;
  let other: TestServer | undefined;

  beforeAll(async () => {
    gateway = await openGateway("node", { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1", SWITCHYARD_MASTER_KEYS: OLD });
    const fields = { apiKey: "sk-of-ours-0123456789", baseUrl: gateway.upstream.baseUrl("ours") };
    await connect(gateway, { provider: "openai", name: "Ours", fields });
    await publish(gateway, { chain: [ref("openai", "gpt-6-luna")] });
    gateway.upstream.on("ours", answerAnyWire());
  });
  afterAll(() => gateway?.close());
  afterEach(async () => {
    await other?.stop();
    other = undefined;
  });

  /** A second instance on the same database. */
  async function start(masterKeys: string, env: Record<string, string> = {}) {
    const { ownerUrl, appUrl } = gateway.database;
    const addresses = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl };
    const settings = { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1", SWITCHYARD_MASTER_KEYS: masterKeys };
    other = await startServer({ mount: "node", env: { ...addresses, ...settings, ...env } });
    const { baseUrl } = other;
    const headers = { authorization: `Bearer ${gateway.apiKey}`, "content-type": "application/json" };
    const send = (path: string, method: string, body?: unknown) =>
      fetch(`${baseUrl}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return {
      manage: (method: string, path: string, body?: unknown) => send(`/api/tenants/demo${path}`, method, body),
      chat: async () => {
        const response = await send("/v1/chat/completions", "POST", CALL);
        return { status: response.status, text: await response.text() };
      },
    };
  }
  const unopenedOf = async (instance: Pick<GatewayUnderTest, "manage">) =>
    (await listConnections(instance)).find(({ name }) => name === "Ours")?.unopened;
  const rotate = (masterKeys: string, args: string[] = []) =>
    runScript("keys-rotate.ts", args, { DATABASE_URL: gateway.database.ownerUrl, SWITCHYARD_MASTER_KEYS: masterKeys });

  test("a missing one stops no start: the connection says why, and its calls answer no_route", async () => {
    const instance = await start(NEW);
    expect(await unopenedOf(instance)).toMatch(/^The master key 2025#[0-9a-f]{16} is missing: add it again/);
    const { status, text } = await instance.chat();
    expect(status).toBe(422);
    expect(JSON.parse(text).error).toMatchObject({ code: "no_route", message: expect.stringContaining("Connections") });
  });

  test("a key service that cannot be used stops no start either", async () => {
    const instance = await start("", { SWITCHYARD_KEY_SERVICE: "vault:http://127.0.0.1:1/transit/switchyard" });
    expect(await unopenedOf(instance)).toMatch(/VAULT_TOKEN/);
    expect((await instance.chat()).status).toBe(422);
    await poll("the warning", 5_000, () => other?.lines.find((line) => line.includes("keys cannot be opened")) ?? null);
  });

  test("rotation without the old one changes nothing, names what it could not open, and ends with 1", async () => {
    const { code, output } = await rotate(NEW);
    expect(code).toBe(1);
    expect(output).toMatch(/0 rewrapped, 0 under it already, 1 not opened/);
    expect(output).toMatch(/Tenant [0-9a-f-]{36}: The master key 2025#[0-9a-f]{16} is missing/);
  });

  test("rotation under way: instances with both serve on, and afterwards the newest alone does", async () => {
    const both = await start(`${NEW},${OLD}`);
    expect((await both.chat()).status).toBe(200);
    const { code, output } = await rotate(`${NEW},${OLD}`);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/key: 2026#.*\n.*1 rewrapped/) });
    expect((await both.chat()).status).toBe(200);
    expect(await unopenedOf(both)).toBeNull();
    await other?.stop();
    const newest = await start(NEW);
    expect((await newest.chat()).status).toBe(200);
    expect((await rotate(NEW)).output).toMatch(/0 rewrapped, 1 under it already, 0 not opened/);
  });

  test("the command explains itself, and refuses what it does not know", async () => {
    expect(await rotate(NEW, ["--help"])).toMatchObject({ code: 0, output: expect.stringContaining("keys:rotate") });
    expect((await rotate(NEW, ["--force"])).code).toBe(2);
  });
});

test("the embedded database is rotated while its server runs, and while it does not", async () => {
  const dataFolder = await makeTempFolder("rotate");
  const env = { SWITCHYARD_DATA_DIR: dataFolder };
  try {
    const server = await startServer({ mount: "node", dataFolder });
    const running = await runScript("keys-rotate.ts", [], env);
    expect(running).toMatchObject({ code: 0, output: expect.stringMatching(/key: local-1#.*\n.*0 not opened/) });
    await server.stop();
    const stopped = await runScript("keys-rotate.ts", [], env);
    expect(stopped).toMatchObject({ code: 0, output: expect.stringContaining("0 not opened") });
    const nowhere = await runScript("keys-rotate.ts", [], { SWITCHYARD_DATA_DIR: `${dataFolder}/nowhere` });
    expect(nowhere).toMatchObject({ code: 1, output: expect.stringContaining("is no data folder") });
  } finally {
    await removeTempFolder(dataFolder);
  }
});
