import { beforeEach, describe, expect, test } from "vitest";
import { KEY, OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { contextOf } from "#e2e/isolation/support/tenants.ts";
import type { AccountProbe, ProbeReport, ProbeStep, ProbeTarget } from "#lib/providers/probe/contract.ts";
import { createConnection } from "./create.ts";
import { discoverModels } from "./discover.ts";
import { listConnections } from "./list.ts";
import { readConnection } from "./read.ts";
import { testConnection } from "./test.ts";

const own = new OwnTenant();

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
    checkHealth: () => Promise.reject(new Error("Nobody asks for its health here.")),
  };
  const probed = () => ({ ...own.privateAllowed(), connections: { ...own.privateAllowed().connections, probe } });
  beforeEach(() => void asked.splice(0));

  test("unsaved values are tried as they would be called, and nothing is stored", async () => {
    const result = await testConnection(probed(), { provider: "openai", fields: { apiKey: KEY } });
    expect(result).toMatchObject({ isOk: true, model: "gpt-6-luna", steps: report.steps });
    expect(asked).toMatchObject([{ rule: { kind: "public" }, account: { fields: { apiKey: KEY } } }]);
    expect((await listConnections(own.context)).data).toMatchObject([{ id: "demo" }]);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  test("a saved one is tried with its stored key, and remembers how it went", async () => {
    const { id } = await own.create();
    await testConnection(probed(), { id });
    expect(asked[0]?.account.fields).toEqual({ apiKey: KEY });
    expect((await readConnection(own.context, { id })).own.lastTest).toMatchObject({ isOk: true, steps: report.steps });
  });

  test("a test of changes says nothing of what is stored", async () => {
    const { id } = await own.create();
    await testConnection(probed(), { id, fields: { apiKey: "sk-another-key-9999" } });
    expect(asked[0]?.account.fields).toEqual({ apiKey: "sk-another-key-9999" });
    expect((await readConnection(own.context, { id })).own.lastTest).toBeNull();
  });

  test("a server of the tenant's own is reached at its host alone", async () => {
    await testConnection(probed(), { provider: "vllm", fields: { baseUrl: "http://10.0.0.5:8000/v1" } });
    expect(asked[0]?.rule).toMatchObject({ kind: "listed", hosts: ["10.0.0.5"], enteredBy: "tenant" });
  });

  test("in self-hosted mode a cloud is not reached for a test either, nor is what lies outside of the residency", async () => {
    await own.publish({ mode: "self-hosted" });
    await testConnection(probed(), { provider: "openai", fields: { apiKey: KEY } });
    expect(asked[0]?.rule).toMatchObject({ kind: "listed", name: "self-hosted mode", hosts: [] });
    const other = await own.another("resident");
    await own.publish({ residency: { regions: ["eu-west-1"], hosts: [] } }, other);
    const resident = { ...contextOf(own.opened.database, other), connections: probed().connections };
    await testConnection(resident, { provider: "openai", fields: { apiKey: KEY } });
    await testConnection(resident, { provider: "openai", fields: { apiKey: KEY }, regions: ["eu-west-1"] });
    expect(asked.slice(1).map(({ rule }) => rule)).toMatchObject([
      { name: "residency", hosts: [] },
      { name: "residency", hosts: ["api.openai.com"] },
    ]);
  });

  test("what is asked is told with where it runs, by its fields and by the tenant's word, saved or not", async () => {
    const fields = { region: "eu-central-1", apiKey: KEY };
    await testConnection(probed(), { provider: "bedrock", fields, regions: ["eu-west-1"] });
    const { id } = await createConnection(own.context, { provider: "bedrock", name: "Frankfurt", fields });
    await testConnection(probed(), { id });
    expect(asked).toMatchObject([
      { connectionId: null, regions: ["eu-central-1", "eu-west-1"] },
      { connectionId: id, regions: ["eu-central-1"] },
    ]);
  });

  test("what a server has is kept", async () => {
    const fields = { baseUrl: "http://10.0.0.5:8000/v1" };
    const { id } = await createConnection(own.privateAllowed(), { provider: "vllm", name: "Rack", fields });
    const models = [{ id: "llama", contextTokens: 8_192 }];
    expect((await discoverModels(probed(), { id })).own.models).toEqual(models);
    expect((await own.audits()).at(-1)).toMatchObject({ action: "connection.discover", after: { models: ["llama"] } });
  });

  test("a server that does not say what it has is told as it is", async () => {
    const silent: AccountProbe = { ...probe, listModels: async () => ({ models: null, problem: "It is away." }) };
    const { id } = await own.create();
    const asking = { ...own.context, connections: { ...own.context.connections, probe: silent } };
    await expect(discoverModels(asking, { id })).rejects.toMatchObject({
      code: "conflict",
      userMessage: "The models could not be read. It is away.",
    });
  });
});
