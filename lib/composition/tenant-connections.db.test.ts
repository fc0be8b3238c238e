import { describe, expect, test } from "vitest";
import { OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import { withTenant } from "#lib/db/client.ts";
import type { EgressRule } from "#lib/egress/rule.ts";
import type { ProviderRequest } from "#lib/gateway/ports.ts";
import type { EgressTransport } from "#lib/providers/transport.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { listOwn } from "#lib/services/connections/find-own.ts";
import { updateConnection } from "#lib/services/connections/update.ts";
import type { RouteConfig } from "#lib/services/route-versions/config.ts";
import { openVault, openWrapper } from "./open-vault.ts";
import { openTenantConnections } from "./tenant-connections.ts";

const own = new OwnTenant();
const PLATFORM = { connections: [makeConnection("openai")], demoConnection: null };

/** With the rules that the transport was asked to hold. */
async function compile(config: Partial<RouteConfig> = {}, vault = own.context.connections.vault) {
  const rules: EgressRule[] = [];
  const nothing = () => Promise.reject(new Error("Nothing is sent here."));
  const close = async () => {};
  const transport: EgressTransport = {
    post: nothing,
    close,
    under(rule) {
      rules.push(rule);
      return { post: nothing, get: nothing, close };
    },
  };
  const tenants = openTenantConnections({ vault, transport, firstTokenTimeoutMs: null, idleTimeoutMs: null });
  const { tenantId } = own.tenant;
  const rows = await withTenant(own.opened.database, tenantId, (tx) => listOwn(tx, tenantId));
  const whole: RouteConfig = { mode: "bring-your-own", tier: "balanced", ...config };
  // They are opened side by side.
  rules.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  return { tenants, rules, ...(await tenants.compile(tenantId, whole, rows, PLATFORM)) };
}

const rack = () =>
  createConnection(own.privateAllowed(), {
    provider: "vllm",
    name: "Rack",
    fields: { baseUrl: "http://10.0.0.5:8000/v1" },
  });

test("own connections come first, by priority, without those that are switched off", async () => {
  const off = await own.create({ name: "Off" });
  await updateConnection(own.context, { id: off.id, isEnabled: false });
  await own.create({ name: "Second", priority: 2 });
  await own.create({ name: "First", priority: 1, regions: ["eu-west-1"] });
  const { connections, tenants } = await compile();
  expect(connections.map(({ name }) => name)).toEqual(["First", "Second", "openai"]);
  expect(connections[0]).toMatchObject({
    owner: "tenant",
    hosting: "cloud",
    host: "api.openai.com",
    regions: ["eu-west-1"],
    unopened: null,
    wires: ["openai-chat", "openai-responses", "openai-embeddings"],
  });
  expect(JSON.stringify(connections)).not.toContain("sk-of");
  for (const connection of connections.slice(0, 2)) expect(tenants.find(connection)).not.toBeNull();
  expect(tenants.find(connections[2] as never)).toBeNull();
});

test("a provider is behind the very connection that was compiled, not behind one that looks the same", async () => {
  await own.create();
  const { connections, tenants } = await compile();
  expect(tenants.find({ ...(connections[0] as (typeof connections)[number]) })).toBeNull();
});

describe("the rule that each is under", () => {
  test("a cloud may be anywhere in public, a server of one's own is at its host", async () => {
    await own.create();
    await rack();
    expect((await compile()).rules).toMatchObject([{ kind: "listed", hosts: ["10.0.0.5"] }, { kind: "public" }]);
  });

  test("with a residency, only what is inside of it may be reached, and at its own host", async () => {
    await own.create({ regions: ["eu-west-1"] });
    await own.create({ regions: ["eu-west-1", "us-east-1"] });
    const { rules } = await compile({ residency: { regions: ["eu-west-1"], hosts: [] } });
    expect(rules).toMatchObject([
      { kind: "listed", name: "residency", hosts: ["api.openai.com"] },
      { kind: "listed", name: "residency", hosts: [] },
    ]);
  });

  test("in self-hosted mode clouds lead nowhere, the platform's among them, even if a plan offered them", async () => {
    await own.create();
    await rack();
    const { rules, connections, tenants } = await compile({ mode: "self-hosted" });
    expect(rules).toMatchObject([
      { name: "self-hosted mode", hosts: ["10.0.0.5"] },
      { name: "self-hosted mode", hosts: [] },
    ]);
    const platform = connections[2] as (typeof connections)[number];
    expect(platform).toEqual(PLATFORM.connections[0]);
    const answer = await tenants.find(platform)?.call({} as ProviderRequest);
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "egress-refused" } });
  });
});

describe("a key that cannot be opened", () => {
  test("is said of its connection alone, and that it may open later where the key service is away", async () => {
    await own.create();
    await rack();
    const away = openWrapper({
      environment: { masterKeys: null, keyService: "environment" },
      generatedMasterKeys: null,
      variables: {},
    });
    const vault = openVault(own.opened.database, away, () => true);
    const { connections, isPassing, tenants } = await compile({}, vault);
    expect(connections).toMatchObject([
      { unopened: expect.stringContaining("SWITCHYARD_MASTER_KEYS") },
      { unopened: null },
      {},
    ]);
    expect(isPassing).toBe(true);
    expect(connections.slice(0, 2).map((one) => tenants.find(one) === null)).toEqual([true, false]);
  });

  test("does not pass by itself where what is stored was changed", async () => {
    await own.create();
    await own.opened.owner.query("UPDATE connection SET secrets = '\\x0102' WHERE tenant_id = $1", [
      own.tenant.tenantId,
    ]);
    const { connections, isPassing } = await compile();
    expect(connections[0]?.unopened).toMatch(/changed or moved/);
    expect(isPassing).toBe(false);
  });
});

test("a connection brings the models that were discovered from it, and those that it deploys by name", async () => {
  const { id } = await rack();
  const models = JSON.stringify([{ id: "qwen3-32b", contextTokens: null }]);
  await own.opened.owner.query("UPDATE connection SET models = $2 WHERE id = $1", [id, models]);
  const fields = {
    apiKey: "an-azure-key-0123456789",
    resource: "ours",
    deployments: "gpt-4.1=prod, gpt-4.1-mini=small",
  };
  await own.create({ provider: "azure-openai", name: "Azure", fields });
  const { connections } = await compile();
  expect(connections.map((connection) => connection.models)).toEqual([["qwen3-32b"], ["gpt-4.1", "gpt-4.1-mini"], []]);
});
