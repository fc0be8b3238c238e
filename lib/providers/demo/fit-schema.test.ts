import { describe, expect, test } from "vitest";
import { fitSchema } from "./fit-schema.ts";

describe("values that fit a JSON schema", () => {
  test.each([
    [{ type: "integer", exclusiveMinimum: 4 }, 5],
    [{ type: "number", maximum: 0 }, 0],
    [{ type: "integer", minimum: 7, multipleOf: 5 }, 10],
    [{ type: ["null", "boolean"] }, false],
    [{ type: "null" }, null],
    [{ const: "fixed" }, "fixed"],
    [{ type: "string", format: "email" }, "person@example.com"],
    [{ type: "string", maxLength: 4 }, "simu"],
    [{ type: "array", items: { type: "string" } }, []],
    [{ anyOf: [{ type: "boolean" }, { type: "null" }] }, false],
    [{ properties: { a: {} } }, {}],
  ])("%j", (schema, value) => {
    expect(fitSchema(schema, {})).toEqual(value);
  });

  test("references are followed", () => {
    const schema = {
      type: "object",
      required: ["owner"],
      properties: { owner: { $ref: "#/$defs/person" } },
      $defs: { person: { type: "object", required: ["age"], properties: { age: { type: "integer" } } } },
    };
    expect(fitSchema(schema, {})).toEqual({ owner: { age: 1 } });
  });

  test("a known value is taken where it fits, and only there", () => {
    const schema = {
      type: "object",
      required: ["score", "label", "count"],
      properties: { score: { type: "number", maximum: 1 }, label: { enum: ["a", "b"] }, count: { type: "integer" } },
    };
    expect(fitSchema(schema, { score: 0.5, label: "b", count: 2.5 })).toEqual({ score: 0.5, label: "b", count: 1 });
    expect(fitSchema(schema, { score: 7, label: "z", count: 3 })).toEqual({ score: 1, label: "a", count: 3 });
  });

  test("a schema that contains itself comes to an end", () => {
    const schema = { type: "object", required: ["next"], properties: { next: { $ref: "#" } } };
    expect(JSON.stringify(fitSchema(schema, {}))).toContain("null");
  });

  test("a schema that asks for endless items, text or branches is answered at once", () => {
    const names = Array.from({ length: 500 }, (_, index) => `branch${index}`);
    const endless = {
      type: "object",
      required: ["items", "text", ...names],
      properties: {
        items: { type: "array", minItems: 1e9, items: { type: "array", minItems: 1e9, items: { $ref: "#" } } },
        text: { type: "string", minLength: 1e9 },
        ...Object.fromEntries(names.map((name) => [name, { $ref: "#" }])),
      },
    };
    expect(JSON.stringify(fitSchema(endless, {})).length).toBeLessThan(1_000_000);
  });

  test("a property called __proto__ changes nothing but the answer", () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__"],"properties":{"__proto__":{"type":"object"}}}',
    );
    expect(JSON.stringify(fitSchema(schema, {}))).toBe('{"__proto__":{}}');
    expect({}).not.toHaveProperty("polluted");
  });
});
