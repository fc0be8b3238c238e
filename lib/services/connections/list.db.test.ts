import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeAttempt, makeConnection, makeInvocation } from "#e2e/isolation/support/gateway.ts";
import {
  contextOf,
  keyWith,
  makeTenant,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { AttemptRecord } from "#lib/gateway/contract/invocation.ts";
import { insertRows } from "#lib/ledger/insert-rows.ts";
import { toRow } from "#lib/ledger/record-row.ts";
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
  const activity = { attempts: 0, failures: 0, lastSuccessAt: null };
  const common = { owner: "platform", hosting: "cloud", regions: [], host: null, unopened: null, activity, own: null };
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

describe("what came of calls", () => {
  const HOUR = 3_600_000;
  let busy: TestTenant;
  let count = 0;
  beforeEach(async () => {
    count += 1;
    busy = await makeTenant(opened.database, `busy-${count}`);
  });

  const record = (createdAtMs: number, ...attempts: Partial<AttemptRecord>[]) => {
    const made = attempts.map((part, at) => makeAttempt({ number: at + 1, connectionId: "demo", ...part }));
    const row = toRow(makeInvocation({ id: uuidv7(), tenantId: busy.tenantId, createdAtMs, attempts: made }));
    return insertRows(opened.database, busy.tenantId, [row]);
  };
  const activity = async () => (await listConnections(contextOf(opened.database, busy))).data[0]?.activity;

  test("is counted by attempt over the last 24 hours, with the last that succeeded", async () => {
    const now = Date.now();
    await record(now - HOUR, { status: "failed" }, { status: "succeeded" });
    await record(now, { status: "failed" }, { status: "failed" }, { status: "aborted" });
    await record(now, { connectionId: "platform:other", status: "failed" });
    const lastSuccessAt = new Date(now - HOUR).toISOString();
    expect(await activity()).toEqual({ attempts: 5, failures: 3, lastSuccessAt });
  });

  test("lets go of what is older, but for when it last succeeded", async () => {
    const longAgo = Date.now() - 40 * 24 * HOUR;
    await record(longAgo, { status: "succeeded" });
    await record(longAgo - HOUR, { status: "succeeded" });
    await record(longAgo + HOUR, { status: "failed" });
    expect(await activity()).toEqual({ attempts: 0, failures: 0, lastSuccessAt: new Date(longAgo).toISOString() });
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
