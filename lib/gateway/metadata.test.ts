import { expect, test } from "vitest";
import { GatewayError } from "./errors.ts";
import { parseMetadata } from "./metadata.ts";

const keys = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"])));

test.each([undefined, "", "   "])("%j is no metadata", (header) => {
  expect(parseMetadata(header)).toBeNull();
});

test("strings are kept as they are", () => {
  expect(parseMetadata('{"feature":"inbox","team":""}')).toEqual({ feature: "inbox", team: "" });
});

test.each([
  ["UTF-8, as clients send it, byte by byte", Buffer.from('{"team":"Zürich 東"}').toString("latin1"), "Zürich 東"],
  ["Latin-1", '{"team":"Zürich"}', "Zürich"],
  ["an escape", '{"team":"Z\\u00fcrich"}', "Zürich"],
])("a name beyond ASCII is what was meant: %s", (_, header, team) => {
  expect(parseMetadata(header)).toEqual({ team });
});

test("16 keys are taken, 17 are not", () => {
  expect(Object.keys(parseMetadata(keys(16)) ?? {})).toHaveLength(16);
  expect(() => parseMetadata(keys(17))).toThrow(GatewayError);
});

test.each([
  ["not JSON", "feature=inbox"],
  ["a list", '["inbox"]'],
  ["null", "null"],
  ["a number for a value", '{"a":1}'],
  ["an object for a value", '{"a":{"b":"c"}}'],
  ["an empty key", '{"":"x"}'],
  ["a key of 65 characters", JSON.stringify({ ["k".repeat(65)]: "x" })],
  ["a value of 257 characters", JSON.stringify({ k: "x".repeat(257) })],
])("%s is refused, naming the header", (_, header) => {
  expect(() => parseMetadata(header)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "x-switchyard-metadata" }),
  );
});

test("a key named like the prototype changes no prototype", () => {
  const parsed = parseMetadata('{"__proto__":"x","a":"b"}');
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(parsed).toHaveProperty("a", "b");
});
