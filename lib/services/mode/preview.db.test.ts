import { afterAll, beforeAll, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import {
  contextOf,
  keyWith,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { Mode } from "#lib/gateway/contract/catalog.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import { TRANSLATIONS } from "#lib/providers/translation/features.ts";
import { type RouteConfig, routeConfigSchema } from "../route-versions/config.ts";
import { previewMode } from "./preview.ts";

let opened: Opened;
let tenant: TestTenant;
let count = 1;

beforeAll(async () => {
  opened = await openTestDatabase();
  tenant = await makeTenant(opened.database, "acme");
});
afterAll(() => opened.close());

const wires = ["openai-chat", "openai-embeddings"] as const;
const translation = TRANSLATIONS["openai-compatible"];
const cloud = (provider: string, part: Partial<Connection>) =>
  makeConnection(provider, { wires, translation, ...part });
const PLATFORM = [cloud("openai", {}), cloud("anthropic", {}), cloud("google", { regions: ["europe-west4"] })];
const OWN_OPENAI = cloud("openai", { id: "own-openai", name: "Our OpenAI", owner: "tenant", host: "api.openai.com" });
const OLLAMA = cloud("ollama", {
  id: "own-ollama",
  name: "The cellar",
  owner: "tenant",
  hosting: "self-hosted",
  host: "gpu.internal",
});

/** What would happen to a tenant that has these connections and this configuration. */
async function preview(mode: Mode, config: Partial<RouteConfig>, connections: readonly Connection[]) {
  count += 1;
  const whole = routeConfigSchema.parse({ mode: "platform-managed", tier: "balanced", ...config });
  const sql =
    "INSERT INTO route_version (tenant_id, number, config, note, published_by) VALUES ($1, $2, $3, '', 'Ann')";
  await opened.owner.query(sql, [tenant.tenantId, count, whole]);
  const context = contextOf(opened.database, tenant);
  const routing = async () => ({ ...(await context.routing()), connections, demoConnection: null });
  return previewMode({ ...context, routing }, { mode });
}

const target = (provider: string, model: string) => ({ provider, model, connectionId: null });
const OWN_CHAIN = { chain: [target("openai", "gpt-5.4-mini")] };

test("says which functions lose their route and why, whose account pays, and what leaves the network", async () => {
  const given = await preview("bring-your-own", OWN_CHAIN, [OWN_OPENAI, ...PLATFORM]);
  expect(given).toMatchObject({ from: "platform-managed", to: "bring-your-own", routeVersion: count });
  expect(given.functions.find(({ slug }) => slug === "semantic-search")).toMatchObject({
    change: "loses",
    after: null,
    sentence: "Semantic search loses its route: gpt-5.4-mini does not take embeddings.",
  });
  expect(given.functions.find(({ slug }) => slug === "email-classification")).toMatchObject({
    change: "other",
    after: { provider: "openai", connectionName: "Our OpenAI", owner: "tenant", fallbacks: 0 },
    sentence: expect.stringMatching(/^Email classification gets GPT-5.4 mini at OpenAI \(Our OpenAI\) instead of /),
  });
  expect(given.payment).toEqual({
    before: "The platform's accounts pay.",
    after: "Your own account at OpenAI pays.",
  });
  expect(given.network).toEqual({
    destinations: [
      {
        host: "api.openai.com",
        provider: "openai",
        providerName: "OpenAI",
        connectionName: "Our OpenAI",
        owner: "tenant",
        hosting: "cloud",
        regions: [],
      },
    ],
    sentence: "Prompts and answers leave for OpenAI (api.openai.com). Where OpenAI runs it is not known.",
  });
  expect(given.sentences).toEqual([
    "Semantic search would lose its route.",
    given.payment.after,
    given.network.sentence,
  ]);
});

test("a switch to servers of one's own says that nothing leaves them", async () => {
  const chain = [target("ollama", "llama4")];
  const given = await preview("self-hosted", { chain }, [OLLAMA, OWN_OPENAI, ...PLATFORM]);
  expect(given.functions.every(({ after }) => after?.provider === "ollama")).toBe(true);
  expect(given.sentences).toEqual([
    "Your own servers answer: no provider charges for that.",
    "Nothing leaves your own servers: calls go to gpu.internal only.",
  ]);
});

test("the platform's accounts behind one's own pay and are reached too", async () => {
  const config = { ...OWN_CHAIN, hasPlatformFallback: true };
  const given = await preview("bring-your-own", config, [OWN_OPENAI, ...PLATFORM]);
  expect(given.payment.after).toBe("Your own account at OpenAI pays. The platform's accounts pay where your own fail.");
  expect(given.network.destinations.map(({ host }) => host).sort()).toContain("api.google.example");
  expect(given.network.sentence).toContain("Google Gemini (api.google.example in europe-west4)");
});

test("the same mode changes nothing", async () => {
  const given = await preview("platform-managed", {}, PLATFORM);
  expect(new Set(given.functions.map(({ change }) => change))).toEqual(new Set(["same"]));
});

test("a mode that nothing is set up for leaves no function a route, and names what is missing", async () => {
  const given = await preview("bring-your-own", {}, PLATFORM);
  expect(new Set(given.functions.map(({ change }) => change))).toEqual(new Set(["loses"]));
  expect(given.sentences).toContain("No function would have a route at all.");
  expect(given.problems.map(({ severity, field }) => `${severity} ${field}`)).toEqual(["error mode", "error chain"]);
});

test("and back again they gain them", async () => {
  const given = await preview("platform-managed", { mode: "bring-your-own" }, PLATFORM);
  expect(given.functions[0]).toMatchObject({ change: "gains", before: null });
});

test("a key needs management:read; an unknown mode is refused", async () => {
  const without = contextOf(opened.database, tenant, keyWith(["gateway:invoke"]));
  await expect(previewMode(without, { mode: "self-hosted" })).rejects.toMatchObject({ code: "not_allowed" });
  const attempt = previewMode(contextOf(opened.database, tenant), { mode: "x" as Mode });
  await expect(attempt).rejects.toMatchObject({ fields: { mode: expect.any(String) } });
});
