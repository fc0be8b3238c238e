import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeConnection, makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { makeTenant, type Opened, openTestDatabase, type TestTenant } from "#e2e/isolation/support/tenants.ts";
import { poll } from "#e2e/support/poll.ts";
import { openDatabase } from "#lib/db/client.ts";
import { PUBLIC } from "#lib/egress/rule.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { Provider, ProviderRequest } from "#lib/gateway/ports.ts";
import { createTransport } from "#lib/providers/transport.ts";
import { type DestinationLog, openDestinationLog } from "./destination-log.ts";

let opened: Opened;
let tenant: TestTenant;
let destinations: DestinationLog;
let nowMs = Date.UTC(2026, 10, 24, 9, 59, 59, 999);
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());
const log = { warn: vi.fn(), error: vi.fn() };
const open = (database = opened.database) => openDestinationLog({ database, log, now: () => nowMs });
beforeEach(async () => {
  count += 1;
  nowMs = Date.UTC(2026, 10, 24, 9, 59, 59, 999);
  tenant = await makeTenant(opened.database, `tenant-${count}`);
  destinations = open();
  vi.clearAllMocks();
});
afterEach(() => destinations.close());

const end = (host = "api.openai.com", port = 443) => ({ host, port, tenantId: tenant.tenantId });

async function rows(tenantId = tenant.tenantId) {
  const sql = `SELECT to_char(hour AT TIME ZONE 'UTC', 'HH24:MI') AS hour, connection, provider, host, port, regions, attempts
    FROM destination_hourly WHERE tenant_id = $1 ORDER BY hour, connection, host, port`;
  return (await opened.owner.query(sql, [tenantId])).rows;
}

/** A provider that reaches an end when it is called. */
function reaching(connection: Connection, to = end()): (part?: Partial<ProviderRequest>) => Promise<unknown> {
  const provider: Provider = {
    async call() {
      await new Promise((resolve) => setImmediate(resolve));
      destinations.reached({ ...to, tenantId: null });
      return { kind: "answer", body: new Uint8Array(), usage: null, finishReason: null, providerRequestId: null };
    },
  };
  const watched = destinations.watch({ get: () => provider });
  const request = { tenantId: tenant.tenantId, connection } as ProviderRequest;
  return (part = {}) => watched.get(connection).call({ ...request, ...part });
}

const OPENAI = makeConnection("openai", { regions: ["eu-central-1"] });
const GROQ = makeConnection("groq");

test("each end counts for its hour, with the connection that was called and where it runs", async () => {
  const callOpenAi = reaching(OPENAI);
  await callOpenAi();
  await callOpenAi();
  await reaching(GROQ, end("api.groq.com"))();
  nowMs += 1;
  await callOpenAi();
  await destinations.flush();
  const openai = { connection: "platform:openai", provider: "openai", host: "api.openai.com", port: 443 };
  const groq = { ...openai, connection: "platform:groq", provider: "groq", host: "api.groq.com" };
  expect(await rows()).toEqual([
    { hour: "09:00", ...groq, regions: [], attempts: 1 },
    { hour: "09:00", ...openai, regions: ["eu-central-1"], attempts: 2 },
    { hour: "10:00", ...openai, regions: ["eu-central-1"], attempts: 1 },
  ]);
});

test("the operator's account that serves several tenants at once counts for each of them alone", async () => {
  const other = await makeTenant(opened.database, `other-${count}`);
  const call = reaching(OPENAI);
  await Promise.all([call(), call({ tenantId: other.tenantId }), call(), call({ tenantId: other.tenantId }), call()]);
  await destinations.flush();
  expect((await rows()).map(({ attempts }) => attempts)).toEqual([3]);
  expect((await rows(other.tenantId)).map(({ attempts }) => attempts)).toEqual([2]);
});

test("an end that is new is written at once, more of the same with the next second's batch", async () => {
  const call = reaching(OPENAI);
  await call();
  const first = performance.now();
  await poll("the new end", 900, async () => ((await rows()).length === 1 ? true : null));
  expect(performance.now() - first).toBeLessThan(900);
  for (let at = 0; at < 50; at += 1) await call();
  await poll("the batch", 5_000, async () => ((await rows())[0]?.attempts === 51 ? true : null));
});

test("counts of several batches and instances add up; regions that were changed are all kept", async () => {
  const second = open();
  await reaching(OPENAI)();
  await destinations.flush();
  await reaching({ ...OPENAI, regions: ["eu-west-1"] })();
  second.reached(end());
  await Promise.all([destinations.flush(), second.flush()]);
  await second.close();
  expect(await rows()).toMatchObject([
    { connection: "", provider: "", attempts: 1 },
    { connection: "platform:openai", regions: ["eu-central-1", "eu-west-1"], attempts: 2 },
  ]);
});

test("what is reached outside of any call counts for the tenant it is for, and for nobody if there is none", async () => {
  destinations.reached(end("[2001:db8::1]", 8443));
  destinations.reached({ ...end(), tenantId: null });
  await destinations.flush();
  expect(await rows()).toMatchObject([{ connection: "", host: "2001:db8::1", port: 8443, attempts: 1 }]);
});

test("what the database does not take waits, and is written when it does", async () => {
  await opened.owner.query("REVOKE INSERT ON destination_hourly FROM switchyard_app");
  destinations.reached(end());
  await destinations.flush();
  expect(log.warn).toHaveBeenCalled();
  destinations.reached(end());
  await opened.owner.query("GRANT INSERT ON destination_hourly TO switchyard_app");
  await poll("the counts that waited", 5_000, async () => ((await rows())[0]?.attempts === 2 ? true : null));
});

test("closing writes what is left; what cannot be written is named in the log", async () => {
  await reaching(OPENAI)();
  await destinations.close();
  expect(await rows()).toHaveLength(1);
  const database = openDatabase("postgresql://nobody:none@127.0.0.1:1/none", 1);
  const lost = open(database);
  lost.reached(end("gone.example"));
  await lost.close();
  const gone = { lost: [" gone.example 443"] };
  expect(log.error).toHaveBeenCalledExactlyOnceWith(gone, "the destinations of calls are lost");
  await database.$disconnect();
});

describe("what residency keeps calls from", () => {
  const OPENAI_OUT = { provider: "openai", model: "large", reason: "large is left out: it is elsewhere" };
  const GROQ_OUT = { ...OPENAI_OUT, provider: "groq" };
  const observe = (functionSlug: string | null, ...rejected: (typeof OPENAI_OUT)[]) =>
    destinations.observe(makeInvocation({ tenantId: tenant.tenantId, functionSlug, rejected }));

  test("counts once a call for each target and reason, by function", async () => {
    // Two accounts at one provider.
    observe("triage", OPENAI_OUT, OPENAI_OUT, GROQ_OUT);
    observe("triage", OPENAI_OUT);
    observe(null, OPENAI_OUT);
    observe("triage");
    await destinations.flush();
    const sql =
      "SELECT function_slug, provider, calls, reason FROM rejection_hourly WHERE tenant_id = $1 ORDER BY 1, 2";
    const { reason } = OPENAI_OUT;
    expect((await opened.owner.query(sql, [tenant.tenantId])).rows).toEqual([
      { function_slug: "", provider: "openai", calls: 1, reason },
      { function_slug: "triage", provider: "groq", calls: 1, reason },
      { function_slug: "triage", provider: "openai", calls: 2, reason },
    ]);
    expect(await rows()).toEqual([]);
  });
});

describe("over the transport", () => {
  test("every request that got a connection counts, and one that got none does not", async () => {
    const server = createServer((_, response) => response.end("{}"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const transport = createTransport({ onReached: (reached) => destinations.reached(reached) });
    const post = (url: string, isStream: boolean) => ({
      url,
      headers: {},
      body: "{}",
      isStream,
      signal: AbortSignal.timeout(5_000),
    });
    const call = async (url: string, connection: Connection, isTenants = false) => {
      const over = isTenants ? transport.under(PUBLIC, tenant.tenantId) : transport;
      const provider: Provider = {
        async call() {
          const response = await over.post(post(url, true));
          await response.readBody();
          await over.post(post(url, false));
          return { kind: "answer", body: new Uint8Array(), usage: null, finishReason: null, providerRequestId: null };
        },
      };
      const request = { tenantId: tenant.tenantId, connection } as ProviderRequest;
      await destinations
        .watch({ get: () => provider })
        .get(connection)
        .call(request)
        .catch(() => {});
    };
    await call(`http://127.0.0.1:${port}/v1`, OPENAI);
    await call(`http://127.0.0.1:${port}/v1`, GROQ);
    await call(`http://127.0.0.1:${port}/v1`, makeConnection("refused"), true);
    await call("http://127.0.0.1:1/v1", makeConnection("nobody"));
    await destinations.flush();
    expect(await rows()).toMatchObject([
      { connection: "platform:groq", host: "127.0.0.1", port, attempts: 2 },
      { connection: "platform:openai", host: "127.0.0.1", port, attempts: 2 },
    ]);
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
});
