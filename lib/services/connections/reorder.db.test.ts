import { beforeEach, expect, test } from "vitest";
import { OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { contextOf, memberOf } from "#e2e/isolation/support/tenants.ts";
import { reorderConnections } from "./reorder.ts";
import type { ConnectionDto } from "./schemas.ts";

const own = new OwnTenant();
let ids: [string, string, string];
let groqId: string;

beforeEach(async () => {
  const main = await own.create({ name: "Main" });
  const research = await own.create({ name: "Research" });
  const overflow = await own.create({ name: "Overflow", priority: 7 });
  ids = [main.id, research.id, overflow.id];
  groqId = (await own.create({ name: "Groq", provider: "groq" })).id;
  own.context.changes.length = 0;
});

const priorities = (connections: readonly ConnectionDto[]) =>
  connections.filter(({ provider }) => provider === "openai").map(({ name, own }) => [name, own?.priority]);
const stored = async () =>
  (await Promise.all([...ids, groqId].map((id) => own.row(id)))).map(({ priority }) => priority);

test("the whole order is taken at once, from 1, and other providers' connections keep their places", async () => {
  const [main, research, overflow] = ids;
  const { data } = await reorderConnections(own.context, { provider: "openai", ids: [overflow, main, research] });
  expect(priorities(data)).toEqual([
    ["Overflow", 1],
    ["Main", 2],
    ["Research", 3],
  ]);
  expect(await stored()).toEqual([2, 3, 1, 1]);
  expect(own.context.changes).toEqual([own.tenant.tenantId]);
});

test("it is one event on record, with the order before and after", async () => {
  const [main, research, overflow] = ids;
  const count = (await own.audits()).length;
  await reorderConnections(own.context, { provider: "openai", ids: [overflow, main, research] });
  const events = (await own.audits()).slice(count);
  expect(events).toEqual([
    expect.objectContaining({
      action: "connection.reorder",
      target_kind: "provider",
      target_id: "openai",
      before: {
        order: [
          { id: main, name: "Main" },
          { id: research, name: "Research" },
          { id: overflow, name: "Overflow" },
        ],
      },
      after: {
        order: [
          { id: overflow, name: "Overflow" },
          { id: main, name: "Main" },
          { id: research, name: "Research" },
        ],
      },
    }),
  ]);
});

test("the order that is in force already changes nothing and is not on record", async () => {
  await reorderConnections(own.context, { provider: "openai", ids });
  const events = await own.audits();
  own.context.changes.length = 0;
  await reorderConnections(own.context, { provider: "openai", ids });
  expect(await own.audits()).toEqual(events);
  expect(own.context.changes).toEqual([]);
});

test.each<[string, () => string[], string]>([
  ["one that is left out", () => ids.slice(1), "it leaves out Main"],
  ["one too many", () => [...ids, ids[0]], "it names Main more than once"],
  ["one of another provider", () => [...ids, groqId], "it names one that is not there"],
])("%s is a conflict that says so, and nothing is changed", async (_, order, problem) => {
  const before = { events: await own.audits(), priorities: await stored() };
  await expect(reorderConnections(own.context, { provider: "openai", ids: order() })).rejects.toMatchObject({
    code: "conflict",
    userMessage: `An order holds each of the connections at OpenAI once: ${problem}. Reload to see which there are.`,
  });
  expect({ events: await own.audits(), priorities: await stored() }).toEqual(before);
  expect(own.context.changes).toEqual([]);
});

test("of two orders at once the later one stays, whole, and neither locks the other out", async () => {
  const orders = [ids, ids.toReversed(), ids, ids.toReversed()];
  await Promise.all(orders.map((order) => reorderConnections(own.context, { provider: "openai", ids: order })));
  const found = (await stored()).slice(0, 3);
  expect([
    [1, 2, 3],
    [3, 2, 1],
  ]).toContainEqual(found);
});

test("another tenant's connections are not there, and who may not change connections changes no order", async () => {
  const stranger = contextOf(own.opened.database, await own.another("stranger"));
  await expect(reorderConnections(stranger, { provider: "openai", ids })).rejects.toMatchObject({ code: "conflict" });
  const viewer = contextOf(own.opened.database, own.tenant, memberOf(own.tenant, "viewer"));
  await expect(reorderConnections(viewer, { provider: "openai", ids })).rejects.toMatchObject({ code: "not_allowed" });
  await expect(reorderConnections(own.context, { provider: "nobody", ids })).rejects.toMatchObject({
    code: "invalid_request",
    fields: { provider: expect.any(String) },
  });
});
