import { beforeEach, describe, expect, test } from "vitest";
import { OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { contextOf, keyWith, memberOf } from "#e2e/isolation/support/tenants.ts";
import { openDatabase } from "#lib/db/client.ts";
import type { AccountProbe, HealthAnswer } from "#lib/providers/probe/contract.ts";
import { createConnection } from "../create.ts";
import { deleteConnection } from "../delete.ts";
import { listConnections } from "../list.ts";
import { readConnection } from "../read.ts";
import { updateConnection } from "../update.ts";
import { checkInTurn } from "./check.ts";
import { checkNow } from "./check-now.ts";
import { claimChecks } from "./claim.ts";
import { readHealthHistory } from "./read-history.ts";

const own = new OwnTenant();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEVER = new AbortController().signal;
const REFUSED = { isUp: false, latencyMs: 2, kind: "network", problem: "Nothing listens at this address." } as const;

let answer: HealthAnswer | null;
let meanwhile: () => Promise<unknown>;
const listing = (...ids: string[]): HealthAnswer => ({
  isUp: true,
  latencyMs: 40,
  models: ids.map((id) => ({ id, contextTokens: null })),
});
const probe = {
  async checkHealth() {
    await meanwhile();
    return answer;
  },
  listModels: async () => ({ models: [{ id: "llama", contextTokens: null }], problem: null }),
} as unknown as AccountProbe;
const probing = () => ({ ...own.privateAllowed(), connections: { ...own.privateAllowed().connections, probe } });
const rack = (name = "Rack", port = 8000) =>
  createConnection(probing(), { provider: "vllm", name, fields: { baseUrl: `http://10.0.0.5:${port}/v1` } });
const healthOf = async (id: string) => (await readConnection(own.context, { id })).own.health;
const check = (id: string, at = Date.now()) => checkInTurn(probing(), id, { signal: NEVER, now: () => at });
const quarters = async (id: string) =>
  (await own.opened.owner.query("SELECT * FROM connection_health_quarter WHERE connection_id = $1", [id])).rows;

beforeEach(() => {
  answer = listing("llama");
  meanwhile = async () => {};
});

describe("whose turn it is", () => {
  const later = (ms: number) => new Date(Date.now() + ms);
  const claim = async (at = later(1), busy: string[] = [], database = own.opened.database) => {
    const due = await claimChecks(database, { at, most: 16, busy });
    return due.filter(({ tenantId }) => tenantId === own.tenant.tenantId).map(({ connectionId }) => connectionId);
  };

  test("a new server's comes at once, and again about a minute later", async () => {
    const { id } = await rack();
    expect(await claim()).toEqual([id]);
    expect(await claim()).toEqual([]);
    expect(await claim(later(50_000))).toEqual([]);
    expect(await claim(later(70_000))).toEqual([id]);
  });

  test("of a tenant's servers one comes at a time, the one that waits longest, and none while it is busy", async () => {
    const first = await rack("First");
    const second = await rack("Second", 8001);
    expect(await claim(later(1), [own.tenant.tenantId])).toEqual([]);
    expect(await claim()).toEqual([first.id]);
    expect(await claim()).toEqual([second.id]);
    expect(await claim()).toEqual([]);
  });

  test("two instances that ask at the same time never get the same server", async () => {
    const other = openDatabase(own.opened.test.appUrl, 4);
    try {
      const { id } = await rack();
      const askers = [own.opened.database, other, own.opened.database, other];
      const claimed = await Promise.all(askers.map((database) => claim(later(1), [], database)));
      expect(claimed.flat()).toEqual([id]);
    } finally {
      await other.$disconnect();
    }
  });

  test("a cloud's account has none, nor has a server that is deleted", async () => {
    const cloud = await own.create();
    expect(await claim()).toEqual([]);
    expect((await readConnection(own.context, { id: cloud.id })).own.health).toBeNull();
    const { id } = await rack();
    await deleteConnection(own.context, { id });
    expect(await claim()).toEqual([]);
  });
});

describe("what a check finds", () => {
  test("is shown with when and how long it took, and since when it is so", async () => {
    const { id } = await rack();
    expect(await healthOf(id)).toMatchObject({ status: "unknown", checkedAt: null, lastFailure: null });
    const at = Date.now();
    const isoOf = (ms: number) => new Date(ms).toISOString();
    await check(id, at - MINUTE);
    await check(id, at);
    expect(await healthOf(id)).toMatchObject({
      status: "up",
      since: isoOf(at - MINUTE),
      checkedAt: isoOf(at),
      latencyMs: 40,
      lastFailure: null,
    });
    answer = REFUSED;
    await check(id, at + 1);
    const { kind, problem } = REFUSED;
    const lastFailure = { at: isoOf(at + 1), kind, problem };
    expect(await healthOf(id)).toMatchObject({ status: "down", since: isoOf(at + 1), lastFailure });
    answer = listing("llama");
    await check(id, at + 2);
    expect(await healthOf(id)).toMatchObject({ status: "up", since: isoOf(at + 2), lastFailure });
  });

  test("long ago says nothing of how it is now", async () => {
    const { id } = await rack();
    await check(id, Date.now() - 6 * MINUTE);
    expect(await healthOf(id)).toMatchObject({ status: "unknown", checkedAt: expect.any(String) });
  });

  test("is counted by the quarter of an hour, for a day and for a week, and forgotten after that", async () => {
    const { id } = await rack();
    const now = Math.floor(Date.now() / (3 * HOUR)) * 3 * HOUR;
    await check(id, now - 9 * 24 * HOUR);
    expect(await quarters(id)).toHaveLength(1);
    await check(id, now - 30 * HOUR);
    expect(await quarters(id)).toHaveLength(1);
    answer = REFUSED;
    await check(id, now - 1);
    await check(id, now - 2);
    answer = { isUp: true, latencyMs: 60, models: null };
    await check(id, now - 3);
    expect(await quarters(id)).toMatchObject([
      { checks: 1, failures: 0 },
      { checks: 3, failures: 2, latency_ms_sum: 60, failure_kind: "network" },
    ]);
    const seen = async (range: "24h" | "7d") => {
      const { data } = await readHealthHistory(own.context, { id, range });
      return { buckets: data.length, found: data.filter(({ checks }) => checks > 0) };
    };
    const found = { checks: 3, failures: 2, averageLatencyMs: 60, failureKind: "network" };
    expect(await seen("24h")).toEqual({
      buckets: 48,
      found: [{ start: new Date(now - HOUR / 2).toISOString(), ...found }],
    });
    const earlier = { checks: 1, failures: 0, averageLatencyMs: 40, failureKind: null };
    expect(await seen("7d")).toMatchObject({ buckets: 56, found: [earlier, found] });
    const hours = (await healthOf(id))?.hours ?? [];
    expect(hours).toHaveLength(24);
    expect(hours.filter(({ checks }) => checks > 0)).toEqual([
      { start: new Date(now - HOUR).toISOString(), checks: 3, failures: 2 },
    ]);
  });

  test("is kept of nobody when the check is called off, or the server is switched off or gone", async () => {
    const { id } = await rack();
    answer = null;
    await check(id);
    answer = listing("llama");
    await updateConnection(own.context, { id, isEnabled: false });
    await check(id);
    expect(await healthOf(id)).toMatchObject({ checkedAt: null });
    await deleteConnection(own.context, { id });
    await check(id);
  });

  test("is not kept of a server whose address was changed in the meantime, and what was known before is not either", async () => {
    const { id } = await rack();
    await check(id);
    meanwhile = () => updateConnection(probing(), { id, fields: { baseUrl: "http://10.0.0.6:8000/v1" } });
    answer = REFUSED;
    await check(id);
    expect(await healthOf(id)).toMatchObject({ status: "unknown", checkedAt: null, lastFailure: null });
    expect(await quarters(id)).toMatchObject([{ checks: 1, failures: 0 }]);
  });

  test("goes with the connection", async () => {
    const { id } = await rack();
    await check(id);
    await deleteConnection(own.context, { id });
    const sql = "SELECT connection_id FROM connection_health WHERE connection_id = $1";
    expect((await own.opened.owner.query(sql, [id])).rows).toEqual([]);
    expect(await quarters(id)).toEqual([]);
  });

  test("a server that cannot be asked with what is stored is down, and says why", async () => {
    const { id } = await rack();
    const nothingAllowed = { ...own.context, connections: { ...own.context.connections, probe } };
    await checkInTurn(nothingAllowed, id, { signal: NEVER, now: Date.now });
    expect(await healthOf(id)).toMatchObject({
      status: "down",
      lastFailure: { kind: "account", problem: expect.stringContaining("Base URL must be") },
    });
  });
});

describe("models since they were discovered", () => {
  const ref = (model: string, connectionId: string | null = null) => ({ provider: "vllm", model, connectionId });

  test("new ones and those that are gone are named, with the chains that go to them", async () => {
    const { id } = await rack();
    await own.opened.owner.query("UPDATE connection SET models = $2 WHERE id = $1", [
      id,
      JSON.stringify(["llama", "qwen"].map((model) => ({ id: model, contextTokens: null }))),
    ]);
    await own.publish({
      mode: "self-hosted",
      chain: [ref("qwen")],
      overrides: { "email-classification": [ref("qwen", id), ref("phi", id)], "reply-drafting": [ref("llama")] },
    });
    expect(await healthOf(id)).toMatchObject({ newModels: [], goneModels: [] });
    answer = listing("llama", "gemma");
    await check(id);
    expect(await healthOf(id)).toMatchObject({
      newModels: ["gemma"],
      goneModels: [
        { id: "qwen", functions: ["email-classification"], isInDefaultChain: true },
        { id: "phi", functions: ["email-classification"], isInDefaultChain: false },
      ],
    });
  });

  test("what another server of the same kind may have is not missed here, and no tag is the latest", async () => {
    const { id } = await rack();
    await rack("Other", 8001);
    await own.publish({
      mode: "self-hosted",
      chain: [ref("qwen")],
      overrides: { "email-classification": [ref("llama", id)] },
    });
    answer = listing("llama:latest");
    await check(id);
    expect(await healthOf(id)).toMatchObject({ newModels: [], goneModels: [] });
  });

  test("a server that does not list its models misses none", async () => {
    const { id } = await rack();
    await own.publish({ mode: "self-hosted", chain: [ref("qwen")] });
    answer = { isUp: true, latencyMs: 1, models: null };
    await check(id);
    expect(await healthOf(id)).toMatchObject({ status: "up", newModels: [], goneModels: [] });
  });
});

describe("checking now", () => {
  test("answers the connection as it was found", async () => {
    const { id } = await rack();
    expect(await checkNow(probing(), { id })).toMatchObject({ id, own: { health: { status: "up" } } });
    expect((await listConnections(own.context)).data[0]).toMatchObject({ id, own: { health: { status: "up" } } });
  });

  test("is for who may test, of servers of the tenant's own alone", async () => {
    const { id } = await rack();
    const viewer = contextOf(own.opened.database, own.tenant, memberOf(own.tenant, "viewer"));
    await expect(checkNow(viewer, { id })).rejects.toMatchObject({ code: "not_allowed" });
    const stranger = contextOf(own.opened.database, await own.another("stranger"));
    await expect(checkNow(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(readHealthHistory(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
    const robot = contextOf(own.opened.database, own.tenant, keyWith(["gateway:invoke"]));
    await expect(readHealthHistory(robot, { id })).rejects.toMatchObject({ code: "not_allowed" });
    const cloud = await own.create();
    await expect(checkNow(probing(), { id: cloud.id })).rejects.toMatchObject({ code: "conflict" });
  });
});
