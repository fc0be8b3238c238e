import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  contextOf,
  makeTenant,
  memberOf,
  type Opened,
  openTestDatabase,
  type TestTenant,
} from "#e2e/isolation/support/tenants.ts";
import type { Role } from "../permissions.ts";
import type { RouteConfig } from "./config.ts";
import { saveDraft } from "./save-draft.ts";
import { tryRoute } from "./try.ts";

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

describe("trying a request", () => {
  test("shows the plan of what is in force, and of the draft", async () => {
    await save();
    const ask = { function: "email-classification" };
    expect(await tryRoute(context(), ask)).toMatchObject({
      source: "published",
      tier: "balanced",
      wire: "openai-chat",
    });
    const plan = await tryRoute(context(), { ...ask, source: "draft" });
    expect(plan).toMatchObject({ source: "draft", tier: "economy", mode: "platform-managed", routeVersion: 1 });
    expect(plan.targets[0]).toMatchObject({ connectionId: "demo", isSimulated: true, owner: "platform" });
    expect(plan.targets[0]?.reason).toBe("first choice of email-classification in the economy tier");
  });

  test("says of each target that is left out why", async () => {
    const residency = { regions: ["eu-central-1"], hosts: [] };
    await save({ ...FIRST, residency });
    const plan = await tryRoute(context(), { source: "draft", function: "email-classification", needs: ["vision"] });
    expect(plan.targets).toEqual([]);
    expect(new Set(plan.excluded.map(({ cause }) => cause))).toEqual(new Set(["residency"]));
    expect(plan.excluded[0]?.reason).toContain("is left out: it is not known where demo runs it");
  });

  test("a model by name, with what the request needs", async () => {
    const plan = await tryRoute(context(), {
      model: "openai/text-embedding-3-small",
      wire: "openai-chat",
      needs: ["tools"],
    });
    expect(plan).toMatchObject({ functionSlug: null, tier: null, targets: [] });
    expect(plan.excluded[0]).toMatchObject({ cause: "incapable", param: "tools" });
  });

  test.each<[string, Parameters<typeof tryRoute>[1], string]>([
    ["neither function nor model", {}, "function"],
    ["both", { function: "ticket-triage", model: "openai/x" }, "function"],
    ["a function that there is not", { function: "nope" }, "function"],
    ["a function over a wire that does not suit it", { function: "semantic-search", wire: "openai-chat" }, "wire"],
  ])("is refused with %s", async (_, input, field) => {
    await expect(tryRoute(context(), input)).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });
});
