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
import { listConnections } from "./list.ts";

let opened: Opened;
let tenant: TestTenant;

beforeAll(async () => {
  opened = await openTestDatabase();
  tenant = await makeTenant(opened.database, "acme");
});
afterAll(() => opened.close());

test("each account with the models that were called lately and how they do", async () => {
  const platform = { connections: [makeConnection("openai"), makeConnection("groq")], demoConnection: null };
  const open = { connectionId: "platform:openai", model: "gpt-4.1-mini", state: "open", waitMs: 4_200.5 } as const;
  const foreign = { ...open, connectionId: "elsewhere" };
  const context = {
    ...contextOf(opened.database, tenant),
    platform,
    circuits: () => [
      { ...open, attempts: 20, failures: 12 },
      { ...foreign, attempts: 1, failures: 1 },
    ],
  };
  const circuit = {
    model: "gpt-4.1-mini",
    modelName: "GPT-4.1 mini",
    state: "open",
    waitMs: 4_201,
    attempts: 20,
    failures: 12,
  };
  const common = { owner: "platform", hosting: "cloud", regions: [], host: null, unopened: null, own: null };
  const openai = { id: "platform:openai", provider: "openai", providerName: "OpenAI", isSimulated: false };
  expect(await listConnections(context)).toEqual({
    data: [
      { ...common, ...openai, name: "openai", circuits: [circuit] },
      {
        ...common,
        name: "groq",
        id: "platform:groq",
        provider: "groq",
        providerName: "Groq",
        isSimulated: false,
        circuits: [],
      },
    ],
  });
});

test("the demo stands in where there is no account, and says that it is simulated", async () => {
  const { data } = await listConnections(contextOf(opened.database, tenant));
  expect(data).toMatchObject([{ id: "demo", isSimulated: true }]);
});

test("a key needs management:read", async () => {
  const context = contextOf(opened.database, tenant, keyWith(["gateway:invoke"]));
  await expect(listConnections(context)).rejects.toMatchObject({ code: "not_allowed" });
});
