import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  contextOf,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import { changeMode } from "../mode/change.ts";
import type { Role } from "../permissions.ts";
import { compareDraft } from "./compare-draft.ts";
import type { RouteConfig } from "./config.ts";
import { listRouteVersions } from "./list.ts";
import { publishDraft } from "./publish-draft.ts";
import { readRouteVersion } from "./read.ts";
import { readDraft } from "./read-draft.ts";
import { rollBackRoute } from "./roll-back.ts";
import { saveDraft } from "./save-draft.ts";

const FIRST: RouteConfig = { mode: "platform-managed", tier: "balanced" };
const ECONOMY: RouteConfig = { ...FIRST, tier: "economy" };

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

describe("publishing a draft", () => {
  test("puts it in force as the next version, with its note, and ends the draft", async () => {
    await save();
    const given = context();
    expect(await publishDraft(given, { revision: 1, basedOn: 1, note: " Cheaper " })).toMatchObject({
      number: 2,
      note: "Cheaper",
      publishedBy: "The owner",
      isInForce: true,
      config: ECONOMY,
      changes: ["All functions: The economy tier instead of balanced."],
      groups: [],
    });
    expect(given.changes).toEqual([tenant.tenantId]);
    expect(await readDraft(context())).toMatchObject({ config: ECONOMY, basedOn: 2, revision: 2, isUntouched: true });
    expect(await actions()).toEqual(["route-draft.save 1", "route.publish 2"]);
  });

  test("is refused when somebody has published since the draft was begun; having seen that, it may go on", async () => {
    await save();
    await changeMode(context("admin"), { canRetryFiltered: true, routeVersion: 1 });
    expect(await compareDraft(context())).toMatchObject({ overtakenBy: "The admin", routeVersion: 2, basedOn: 1 });
    const late = publish(1);
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    await expect(late).rejects.toThrow("The admin has published version 2 in the meantime");
    await save(ECONOMY, { revision: 1, basedOn: 2 });
    expect(await publish(2, 2)).toMatchObject({ number: 3, config: ECONOMY });
  });

  test("is refused for another draft than the one that was seen", async () => {
    await save();
    await save({ ...ECONOMY, canRetryFiltered: true }, { revision: 1, basedOn: 1 }, "admin");
    const late = publish(1);
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    await expect(late).rejects.toThrow("The admin has changed the draft");
    await expect(publish(2, 2)).rejects.toMatchObject({ code: "conflict" });
  });

  test("of publishers at the same moment exactly one wins", async () => {
    await save();
    const results = await Promise.allSettled([publish(1), publish(1), publish(1, 1, "admin")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    }
    expect((await listRouteVersions(context(), {})).data).toHaveLength(2);
  });

  test("is refused while something that it names is missing, by its place; the draft stays", async () => {
    const chain = [{ provider: "openai", model: "gpt-5.4-mini", connectionId: null }];
    await save({ ...FIRST, mode: "bring-your-own", chain });
    const attempt = publish(1);
    await expect(attempt).rejects.toMatchObject({ code: "invalid_request", status: 400 });
    await expect(attempt).rejects.toMatchObject({
      fields: {
        mode: "Bring your own model has no connection to use: add one first, or switch one on.",
        "chain.0": "You have no connection to OpenAI: add one, or take it out.",
      },
    });
    expect(await readDraft(context())).toMatchObject({ revision: 1, isUntouched: false });
  });

  test("that changes nothing is refused", async () => {
    await save(FIRST);
    await expect(publish(1)).rejects.toThrow("The draft changes nothing about the version in force.");
  });

  test("a version, its audit event and the end of the draft are written together or not at all", async () => {
    await save();
    await opened.owner.query(
      "ALTER TABLE audit_event ADD CONSTRAINT no_more CHECK (action <> 'route.publish') NOT VALID",
    );
    const given = context();
    await expect(publishDraft(given, { revision: 1, basedOn: 1 })).rejects.toThrow("no_more");
    await opened.owner.query("ALTER TABLE audit_event DROP CONSTRAINT no_more");
    expect(await readDraft(context())).toMatchObject({ revision: 1, isUntouched: false });
    expect(given.changes).toEqual([]);
  });
});

describe("published versions", () => {
  async function publishThree() {
    await changeMode(context(), { tier: "economy", routeVersion: 1, note: "two" });
    await changeMode(context("admin"), { tier: "performance", routeVersion: 2, note: "three" });
  }

  test("are listed newest first, a page at a time, each with what it changed", async () => {
    await publishThree();
    const first = await listRouteVersions(context(), { limit: "2" });
    expect(first.data).toMatchObject([
      {
        number: 3,
        note: "three",
        publishedBy: "The admin",
        isInForce: true,
        changes: ["All functions: The performance tier instead of economy."],
      },
      { number: 2, isInForce: false, changes: ["All functions: The economy tier instead of balanced."] },
    ]);
    const rest = await listRouteVersions(context(), { limit: "2", cursor: first.nextCursor ?? "" });
    expect(rest).toMatchObject({ data: [{ number: 1, changes: [] }], nextCursor: null });
  });

  test("can be read one by one, with what going back would change", async () => {
    await publishThree();
    expect(await readRouteVersion(context(), { number: "2" })).toMatchObject({
      number: 2,
      config: ECONOMY,
      changes: ["All functions: The economy tier instead of balanced."],
      groups: [{ sentences: ["The economy tier instead of performance."] }],
    });
    await expect(readRouteVersion(context(), { number: "9" })).rejects.toMatchObject({ code: "not_found" });
    // More than the database can count to.
    const beyond = { number: "99999999999" };
    await expect(readRouteVersion(context(), beyond)).rejects.toMatchObject({ code: "invalid_request" });
    await expect(rollBackRoute(context(), { ...beyond, routeVersion: 3 })).rejects.toMatchObject({
      code: "invalid_request",
    });
    const page = listRouteVersions(context(), { cursor: beyond.number });
    await expect(page).rejects.toMatchObject({ code: "invalid_request", fields: { cursor: "Not a cursor." } });
  });

  test("can be published once more, as the next one; none is changed", async () => {
    await publishThree();
    const given = context();
    expect(await rollBackRoute(given, { number: "1", routeVersion: 3 })).toMatchObject({
      number: 4,
      note: "Back to version 1",
      config: FIRST,
      isInForce: true,
    });
    expect(given.changes).toEqual([tenant.tenantId]);
    const { data } = await listRouteVersions(context(), {});
    expect(data.map(({ number, tier }) => `${number} ${tier}`)).toEqual([
      "4 balanced",
      "3 performance",
      "2 economy",
      "1 balanced",
    ]);
  });

  test("a rollback is refused to who has not seen what is in force, and to what is in force already", async () => {
    await publishThree();
    const late = rollBackRoute(context(), { number: "1", routeVersion: 2 });
    await expect(late).rejects.toThrow("The admin has published version 3 in the meantime");
    const same = rollBackRoute(context(), { number: "3", routeVersion: 3 });
    await expect(same).rejects.toMatchObject({ code: "invalid_request" });
    await expect(rollBackRoute(context(), { number: "7", routeVersion: 3 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
