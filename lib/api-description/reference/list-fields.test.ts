import { expect, test } from "vitest";
import type { JsonSchema } from "../document/document.ts";
import { listFields } from "./list-fields.ts";

const text: JsonSchema = { type: "string" };
const target: JsonSchema = { type: "object", properties: { model: text }, required: ["model"] };
const pathsOf = (schema: JsonSchema) => listFields(schema).map(({ parent, name }) => `${parent}${name}`);

test("a nested object's fields follow it, named by the way to them", () => {
  const chain: JsonSchema = { type: "array", items: target };
  const schema: JsonSchema = {
    type: "object",
    properties: {
      config: { anyOf: [{ type: "object", properties: { chain } }, { type: "null" }] },
      overrides: { type: "object", additionalProperties: chain },
      key: { $ref: "#/components/schemas/ApiKey" },
    },
  };
  expect(pathsOf(schema)).toEqual([
    "config",
    "config.chain",
    "config.chain[].model",
    "overrides",
    "overrides.*[].model",
    "key",
  ]);
});

test("a field says whether it must be there, what it means and what it may be", () => {
  const schema: JsonSchema = {
    properties: { name: { ...text, description: "What people call it.", maxLength: 9 }, tier: { enum: ["economy"] } },
    required: ["name"],
  };
  expect(listFields(schema)).toMatchObject([
    { name: "name", isRequired: true, description: "What people call it.", limits: ["at most 9 characters"] },
    { name: "tier", isRequired: false, values: ["economy"] },
  ]);
});

test("alternatives are told one after the other", () => {
  const kind = (name: string) => ({ type: "string", const: name });
  const price: JsonSchema = {
    oneOf: [
      { type: "object", properties: { kind: kind("tokens"), input: text } },
      { type: "object", properties: { kind: kind("hour"), rate: text } },
    ],
  };
  expect(pathsOf(price)).toEqual(["kind", "input", "kind", "rate"]);
  expect(pathsOf({ properties: { price } })).toEqual([
    "price",
    "price.kind",
    "price.input",
    "price.kind",
    "price.rate",
  ]);
});
