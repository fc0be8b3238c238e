import { expect, test } from "vitest";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { inOrder, movedBy, siblingsOf } from "./order.ts";

/** As much of a connection as an order is made of. */
const connection = (id: string, provider: string, own: object | null = {}) =>
  ({ id, provider, own }) as unknown as ConnectionDto;
const one = connection("1", "openai");
const two = connection("2", "openai");
const three = connection("3", "openai");
const elsewhere = connection("groq", "groq");
const platforms = connection("platform:openai", "openai", null);
const all = [one, elsewhere, two, three, platforms];
const idsOf = (connections: readonly ConnectionDto[]) => connections.map(({ id }) => id);

test("only the tenant's own at the same provider are put in order with each other", () => {
  expect(idsOf(siblingsOf(two, all))).toEqual(["1", "2", "3"]);
});

test("a move gives the whole order, not what has changed of it", () => {
  expect(movedBy(three, -1, all)).toEqual({ provider: "openai", ids: ["1", "3", "2"] });
  expect(movedBy(one, 1, all)).toEqual({ provider: "openai", ids: ["2", "1", "3"] });
});

test("an order that is on its way moves its own connections alone", () => {
  expect(idsOf(inOrder(all, { provider: "openai", ids: ["3", "1", "2"] }))).toEqual([
    "3",
    "groq",
    "1",
    "2",
    "platform:openai",
  ]);
});

test("a connection that came after the order was made is shown after it, and none is lost", () => {
  expect(idsOf(inOrder(all, { provider: "openai", ids: ["3", "gone"] }))).toEqual([
    "3",
    "groq",
    "1",
    "2",
    "platform:openai",
  ]);
});
