import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./parse-input.ts";

const schema = z.strictObject({ name: z.string().max(5, "Too long."), tags: z.array(z.string()).default([]) });

function refusal(input: unknown) {
  try {
    parseInput(schema, input);
  } catch (error) {
    return error;
  }
  throw new Error("It was not refused.");
}

test("what is right comes back with its defaults", () => {
  expect(parseInput(schema, { name: "Ann" })).toEqual({ name: "Ann", tags: [] });
});

test("every wrong field is named, with its sentence", () => {
  expect(refusal({ name: "too long", tags: [1], extra: true, more: 1 })).toMatchObject({
    code: "invalid_request",
    fields: {
      name: "Too long.",
      "tags.0": expect.any(String),
      extra: "There is no such field.",
      more: "There is no such field.",
    },
  });
});

test.each<[string, unknown, string]>([
  ["NUL", { name: "a\0" }, "name"],
  ["half a character", { name: "\ud83d" }, "name"],
  ["deep in a list", { name: "a", tags: ["b", "\0"] }, "tags.1"],
])("text that cannot be stored is refused by field: %s", (_, input, field) => {
  expect(refusal(input)).toMatchObject({ code: "invalid_request", fields: { [field]: expect.any(String) } });
});

test("a field named like what every object has is named as any other that there is not", () => {
  const { fields } = refusal({ name: "Ann", constructor: 1 }) as { fields: object };
  expect(Object.entries(fields)).toEqual([["constructor", "There is no such field."]]);
});

test("however deep the input is nested, it is refused and nothing else", () => {
  const tags = JSON.parse("[".repeat(200_000) + "]".repeat(200_000));
  expect(refusal({ name: "Ann", tags })).toMatchObject({ code: "invalid_request" });
});

test("whole characters beyond the first plane are text like any other", () => {
  expect(parseInput(schema, { name: "😀" })).toMatchObject({ name: "😀" });
});

test.each([null, undefined, "x", 5, []])("%j is no input", (input) => {
  expect(refusal(input)).toMatchObject({ code: "invalid_request" });
});
