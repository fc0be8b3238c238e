import { describe, expect, test } from "vitest";
import { describeLimits, describeType, listValues } from "./describe-type.ts";

const KEY = { $ref: "#/components/schemas/ApiKey" };

describe("a type is said in a few words", () => {
  test.each([
    [{ type: "string" }, ["string"]],
    [{ type: ["string", "null"] }, ["string or null"]],
    [{ type: "string", format: "uuid" }, ["string (uuid)"]],
    [KEY, [{ schema: "ApiKey" }]],
    [{ type: "array", items: KEY }, ["array of ", { schema: "ApiKey" }]],
    [{ anyOf: [KEY, { type: "null" }] }, [{ schema: "ApiKey" }, " or ", "null"]],
    [{ type: "object", additionalProperties: { type: "integer" } }, ["map of ", "integer"]],
    [{ type: "object", additionalProperties: false }, ["object"]],
    [{ oneOf: [{ type: "object" }, { type: "object" }] }, ["object"]],
    [{ type: "string", const: "tokens" }, ['"tokens"']],
    [{}, ["anything"]],
  ])("%j", (schema, parts) => {
    expect(describeType(schema)).toEqual(parts);
  });
});

describe("what bounds it is said beside it", () => {
  test.each([
    [{ minLength: 1, maxLength: 64 }, ["1 to 64 characters"]],
    [{ minimum: 0 }, ["at least 0"]],
    [{ exclusiveMinimum: 0, maximum: 9 }, ["at most 9", "more than 0"]],
    [{ maxItems: 10, items: { pattern: "^a$" } }, ["at most 10 items", "matches ^a$"]],
    [{ propertyNames: { pattern: "^b$" }, additionalProperties: false }, ["names match ^b$"]],
    [{ default: null, anyOf: [{ maxLength: 3 }, { type: "null" }] }, ["at most 3 characters", "default null"]],
    [{ type: "string" }, []],
  ])("%j", (schema, limits) => {
    expect(describeLimits(schema)).toEqual(limits);
  });
});

test("the values of a list, a map or an alternative are those of what is in it", () => {
  const tier = { type: "string", enum: ["balanced", "economy"] };
  for (const schema of [tier, { items: tier }, { additionalProperties: tier }, { anyOf: [tier, { type: "null" }] }]) {
    expect(listValues(schema)).toEqual(["balanced", "economy"]);
  }
});
