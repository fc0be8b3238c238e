import { afterEach, beforeEach, expect, test } from "vitest";
import { LOCAL_MODEL, type LocalServer, openLocalServer } from "#e2e/connections/support/local-server.ts";
import { OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { withTenant } from "#lib/db/client.ts";
import { resolveBySystem } from "#lib/egress/guarded-connector.ts";
import { createProbe } from "#lib/providers/probe/index.ts";
import { createTransport, type EgressTransport } from "#lib/providers/transport.ts";
import { openDestinationLog } from "#lib/residency/destination-log.ts";
import { createConnection } from "#lib/services/connections/create.ts";
import { checkInTurn } from "#lib/services/connections/health/check.ts";
import { claimChecks } from "#lib/services/connections/health/claim.ts";
import { type HealthChecks, startHealthChecks } from "./health-checks.ts";
import { watchProbe } from "./watch-probe.ts";

const own = new OwnTenant();
const ALLOW = { hosts: [], networks: ["127.0.0.1/32"] };
const log = { warn: (details: object) => expect.unreachable(JSON.stringify(details)), error: () => {} };

let server: LocalServer;
let transport: EgressTransport;
let destinations: ReturnType<typeof openDestinationLog>;
const running: HealthChecks[] = [];

beforeEach(async () => {
  server = await openLocalServer("http://127.0.0.1:1");
  destinations = openDestinationLog({ database: own.opened.database, log, now: Date.now });
  transport = createTransport({ allow: ALLOW, onReached: (end) => destinations.reached(end) });
});
afterEach(async () => {
  for (const checks of running.splice(0)) await checks.close();
  await destinations.close();
  await transport.close();
  await server.close();
});

/** Time goes on when the test says, by whole passes. */
function steppedClock() {
  let nowMs = Date.now();
  let passed = Promise.withResolvers<void>();
  let next = () => {};
  return {
    now: () => nowMs,
    schedule(callback: () => void) {
      next = callback;
      passed.resolve();
      return () => {};
    },
    passed: () => passed.promise,
    async pass(ms: number) {
      nowMs += ms;
      passed = Promise.withResolvers<void>();
      next();
      await passed.promise;
    },
  };
}

/** One instance of the gateway, as far as it checks servers. */
function startInstance(clock: ReturnType<typeof steppedClock>) {
  const { database } = own.opened;
  const guard = { allow: ALLOW, resolve: resolveBySystem };
  const probe = watchProbe(createProbe({ transport, guard }), destinations);
  const { vault } = own.context.connections;
  const checks = startHealthChecks({
    claim: (asked) => claimChecks(database, asked),
    check: ({ tenantId, connectionId }, signal) =>
      checkInTurn({ database, tenantId, connections: { vault, probe, egressAllow: ALLOW } }, connectionId, {
        signal,
        now: clock.now,
      }),
    clock,
    log,
  });
  running.push(checks);
  return checks;
}

const connect = (name: string) => {
  const context = { ...own.context, connections: { ...own.context.connections, egressAllow: ALLOW } };
  return createConnection(context, { provider: "vllm", name, fields: { baseUrl: server.baseUrl } });
};
const stateOf = (connectionId: string) =>
  withTenant(own.opened.database, own.tenant.tenantId, (tx) =>
    tx.connectionHealth.findFirstOrThrow({ where: { connectionId } }),
  );

test("a server that goes down and comes back is seen to", async () => {
  const { id } = await connect("Rack");
  const clock = steppedClock();
  startInstance(clock);
  await clock.passed();
  expect(await stateOf(id)).toMatchObject({ isUp: true, models: [LOCAL_MODEL], failedAt: null });
  await server.fall();
  await clock.pass(70_000);
  const wentDownAt = new Date(clock.now());
  const problem = "Nothing listens at this address: check host and port, and that the server runs.";
  expect(await stateOf(id)).toMatchObject({ isUp: false, since: wentDownAt, failureKind: "network", problem });
  await clock.pass(70_000);
  expect(await stateOf(id)).toMatchObject({ isUp: false, since: wentDownAt, checkedAt: new Date(clock.now()) });
  await server.rise();
  await clock.pass(70_000);
  expect(await stateOf(id)).toMatchObject({ isUp: true, since: new Date(clock.now()), failedAt: expect.any(Date) });
});

test("several instances ask each server once between them", async () => {
  for (const name of ["One", "Two", "Three"]) await connect(name);
  const clocks = [steppedClock(), steppedClock(), steppedClock()];
  for (const clock of clocks) startInstance(clock);
  await Promise.all(clocks.map((clock) => clock.passed()));
  expect(server.asked).toEqual(["/v1/models", "/v1/models", "/v1/models"]);
  await Promise.all(clocks.map((clock) => clock.pass(70_000)));
  expect(server.asked).toHaveLength(6);
});

test("what is reached by it is on record, for the connection that was checked", async () => {
  const { id } = await connect("Rack");
  const clock = steppedClock();
  startInstance(clock);
  await clock.passed();
  await destinations.flush();
  const sql = "SELECT connection, provider, host, attempts FROM destination_hourly WHERE tenant_id = $1";
  const { rows } = await own.opened.owner.query(sql, [own.tenant.tenantId]);
  expect(rows).toEqual([{ connection: id, provider: "vllm", host: "127.0.0.1", attempts: 1 }]);
});

test("a cloud's account is not asked, nor is in self-hosted mode anything else", async () => {
  await own.create({ fields: { apiKey: "sk-of-a-tenant-0123456789" } });
  await connect("Rack");
  await own.publish({ mode: "self-hosted" });
  const clock = steppedClock();
  startInstance(clock);
  await clock.passed();
  expect(server.asked).toEqual(["/v1/models"]);
});

test("under a residency that leaves it out the server is not asked, and says so", async () => {
  const { id } = await connect("Rack");
  await own.publish({ mode: "bring-your-own", residency: { regions: ["eu-west-1"], hosts: [] } });
  const clock = steppedClock();
  startInstance(clock);
  await clock.passed();
  expect(server.asked).toEqual([]);
  expect(await stateOf(id)).toMatchObject({ isUp: false, failureKind: "egress-refused" });
});
