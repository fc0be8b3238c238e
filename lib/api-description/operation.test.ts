import { describe, expect, test } from "vitest";
import { RESOURCES } from "./management/index.ts";
import { splitInput } from "./operation.ts";

const operations = RESOURCES.flatMap((resource) => resource.operations);

describe("every operation", () => {
  test("has an id and a place of its own", () => {
    const ids = operations.map(({ id }) => id);
    const places = operations.map(({ method, path }) => `${method} ${path}`);
    expect([new Set(ids).size, new Set(places).size]).toEqual([ids.length, places.length]);
  });

  test.each(operations)("$id: its example is a right input", ({ input, example }) => {
    expect(input.safeParse(example).error).toBeUndefined();
  });

  test.each(operations)("$id: what its path names is in its input", ({ path, input }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(input.shape)).toEqual(expect.arrayContaining(named));
  });
});

test.each([
  ["GET", { path: { id: "7" }, query: { note: "hi" }, body: {} }],
  ["DELETE", { path: { id: "7" }, query: { note: "hi" }, body: {} }],
  ["POST", { path: { id: "7" }, query: {}, body: { note: "hi" } }],
  ["PUT", { path: { id: "7" }, query: {}, body: { note: "hi" } }],
] as const)("of a %s each field goes where the route reads it", (method, split) => {
  expect(splitInput({ method, path: "/things/{id}" }, { id: "7", note: "hi" })).toEqual(split);
});
