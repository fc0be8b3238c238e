import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  contextOf,
  keyWith,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { Role } from "../permissions.ts";
import { compareDraft } from "./compare-draft.ts";
import type { RouteConfig } from "./config.ts";
import { discardDraft } from "./discard-draft.ts";
import { listRouteVersions } from "./list.ts";
import { publishDraft } from "./publish-draft.ts";
import { readDraft } from "./read-draft.ts";
import { rollBackRoute } from "./roll-back.ts";
import { saveDraft } from "./save-draft.ts";
import { tryRoute } from "./try.ts";

const FIRST: RouteConfig = { mode: "platform-managed", tier: "balanced" };
const ECONOMY: RouteConfig = { ...FIRST, tier: "economy" };
const MINI = { provider: "openai", model: "gpt-5.4-mini", connectionId: null };

let opened: Opened;
let tenant: TestTenant;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
});
afterAll(() => opened.close());

const context = (role: Role = "owner") => contextOf(opened.database, tenant, memberOf(tenant, role));
const save = (config: RouteConfig = ECONOMY, seen = { revision: 0, basedOn: 1 }, role: Role = "owner") =>
  saveDraft(context(role), { config, ...seen });
const publish = (revision: number, basedOn = 1, role: Role = "owner") =>
  publishDraft(context(role), { revision, basedOn, note: "Cheaper" });

async function actions() {
  const sql = "SELECT action, target_id FROM audit_event WHERE tenant_id = $1 AND action LIKE 'route%' ORDER BY id";
  const { rows } = await opened.owner.query(sql, [tenant.tenantId]);
  return rows.map(({ action, target_id }) => `${action} ${target_id}`);
}

describe("a draft", () => {
  test("is a copy of what is in force until somebody changes it", async () => {
    expect(await readDraft(context())).toMatchObject({
      config: FIRST,
      basedOn: 1,
      revision: 0,
      isUntouched: true,
      updatedBy: null,
      updatedAt: null,
      published: { number: 1, publishedBy: "Switchyard" },
    });
    expect(await compareDraft(context())).toMatchObject({ groups: [], overtakenBy: null });
  });

  test("is kept as it is sent, and changes nothing that is in force", async () => {
    const given = context("admin");
    expect(await saveDraft(given, { config: ECONOMY, revision: 0, basedOn: 1 })).toMatchObject({
      config: ECONOMY,
      basedOn: 1,
      revision: 1,
      isUntouched: false,
      updatedBy: "The admin",
    });
    expect(given.changes).toEqual([]);
    expect((await listRouteVersions(context(), {})).data).toHaveLength(1);
    expect(await actions()).toEqual(["route-draft.save 1"]);
  });

  test("is kept with its problems, which it tells", async () => {
    const chain = [{ provider: "nobody", model: "x", connectionId: null }];
    const { problems } = await save({ ...FIRST, mode: "bring-your-own", chain });
    expect(problems.map(({ severity, field }) => `${severity} ${field}`)).toEqual(["error mode", "error chain.0"]);
  });

  test("is compared with what is in force, in words", async () => {
    await save({ ...ECONOMY, functionTiers: { "ticket-triage": "performance" } });
    expect((await compareDraft(context())).groups).toEqual([
      { functionSlug: null, title: "All functions", sentences: ["The economy tier instead of balanced."] },
      {
        functionSlug: "ticket-triage",
        title: "Ticket triage",
        sentences: ["The performance tier instead of the tier of all functions."],
      },
    ]);
  });

  test("is not overwritten by somebody who has not seen it, and they are told whose it is", async () => {
    await save(ECONOMY, { revision: 0, basedOn: 1 }, "admin");
    for (const revision of [0, 2]) {
      const late = save(FIRST, { revision, basedOn: 1 });
      await expect(late).rejects.toMatchObject({ code: "conflict", status: 409 });
      await expect(late).rejects.toThrow("The admin has changed the draft in the meantime");
    }
    expect((await readDraft(context())).config).toEqual(ECONOMY);
  });

  test("of editors who save at the same moment exactly one wins, first and later", async () => {
    for (const revision of [0, 1]) {
      const configs = [ECONOMY, FIRST, ECONOMY, FIRST];
      const results = await Promise.allSettled(configs.map((config) => save(config, { revision, basedOn: 1 })));
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const result of results) {
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
      }
      expect((await readDraft(context())).revision).toBe(revision + 1);
    }
  });

  test("can be discarded by who has seen it; the next one is never taken for it", async () => {
    await save(ECONOMY, { revision: 0, basedOn: 1 }, "admin");
    await expect(discardDraft(context(), { revision: "0" })).rejects.toMatchObject({ code: "conflict" });
    expect(await discardDraft(context(), { revision: "1" })).toMatchObject({
      config: FIRST,
      revision: 2,
      isUntouched: true,
      updatedBy: null,
    });
    const late = save(ECONOMY, { revision: 1, basedOn: 1 });
    await expect(late).rejects.toThrow("The owner has published or discarded the draft in the meantime");
    expect(await save(ECONOMY, { revision: 2, basedOn: 1 })).toMatchObject({ revision: 3 });
    expect(await actions()).toEqual(["route-draft.save 1", "route-draft.discard 1", "route-draft.save 3"]);
  });

  test("that nobody has begun is discarded without a trace", async () => {
    expect(await discardDraft(context(), { revision: "0" })).toMatchObject({ revision: 0, isUntouched: true });
    expect(await actions()).toEqual([]);
  });

  test("cannot be based on what is yet to come", async () => {
    await expect(save(ECONOMY, { revision: 0, basedOn: 2 })).rejects.toMatchObject({
      code: "invalid_request",
      fields: { basedOn: "Version 2 is not published yet." },
    });
  });
});

describe("what is refused as input", () => {
  test.each<[string, unknown, string]>([
    ["a field that there is not", { ...FIRST, colour: "red" }, "colour"],
    ["a mode that there is not", { ...FIRST, mode: "cloud" }, "config.mode"],
    ["a target without a model", { ...FIRST, chain: [{ provider: "openai" }] }, "config.chain.0.model"],
    ["a slug that is none", { ...FIRST, overrides: { "Not a slug": [] } }, "config.overrides.Not a slug"],
    ["a chain without end", { ...FIRST, chain: Array(11).fill({ provider: "a", model: "b" }) }, "config.chain"],
    ["a chain within a chain", { ...FIRST, chain: [{ ...MINI, function: "ticket-triage" }] }, "function"],
    ["no time at all", { ...FIRST, chain: [{ ...MINI, answerTimeoutMs: 0 }] }, "config.chain.0.answerTimeoutMs"],
    [
      "half a millisecond",
      { ...FIRST, chain: [{ ...MINI, answerTimeoutMs: 500.5 }] },
      "config.chain.0.answerTimeoutMs",
    ],
    ["more retries than there are", { ...FIRST, chain: [{ ...MINI, maxRetries: 3 }] }, "config.chain.0.maxRetries"],
    [
      "a first token that may take longer than its answer",
      { ...FIRST, overrides: { "ticket-triage": [{ ...MINI, firstTokenTimeoutMs: 2_000, answerTimeoutMs: 1_000 }] } },
      "config.overrides.ticket-triage.0.firstTokenTimeoutMs",
    ],
    [
      "a host with a port",
      { ...FIRST, residency: { regions: [], hosts: ["a.example/x"] } },
      "config.residency.hosts.0",
    ],
  ])("%s", async (_, config, field) => {
    const attempt = saveDraft(context(), { config: config as RouteConfig, revision: 0, basedOn: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", fields: { [field]: expect.any(String) } });
  });

  test("places are kept once each, in lower case", async () => {
    const { config } = await save({
      ...FIRST,
      residency: { regions: ["EU-Central-1 ", "eu-central-1"], hosts: ["GPU.Example."] },
    });
    expect(config.residency).toEqual({ regions: ["eu-central-1"], hosts: ["gpu.example"] });
  });
});
describe("who may", () => {
  test.each<Role>(["developer", "finance", "viewer"])("a %s reads and changes nothing", async (role) => {
    expect(await readDraft(context(role))).toMatchObject({ revision: 0 });
    const refused = { code: "not_allowed" };
    await expect(save(ECONOMY, undefined, role)).rejects.toMatchObject(refused);
    await expect(publish(0, 1, role)).rejects.toMatchObject(refused);
    await expect(discardDraft(context(role), { revision: "0" })).rejects.toMatchObject(refused);
    await expect(rollBackRoute(context(role), { number: "1", routeVersion: 1 })).rejects.toMatchObject(refused);
  });

  test("a key needs management:read to read, management:write to change", async () => {
    const reader = contextOf(opened.database, tenant, keyWith(["management:read"]));
    expect(await compareDraft(reader)).toMatchObject({ revision: 0 });
    await expect(saveDraft(reader, { config: ECONOMY, revision: 0, basedOn: 1 })).rejects.toMatchObject({
      code: "not_allowed",
    });
    const writer = contextOf(opened.database, tenant, keyWith(["management:write"]));
    await expect(tryRoute(writer, { function: "ticket-triage" })).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("another tenant's draft and versions are its own", async () => {
    await save();
    const other = await makeTenant(opened.database, `other-${count}`);
    expect(await readDraft(contextOf(opened.database, other))).toMatchObject({ revision: 0, isUntouched: true });
  });
});
