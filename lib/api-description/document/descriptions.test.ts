import { describe, expect, test } from "vitest";
import { z } from "zod";
import { buildDocument } from "./build.ts";
import type { ApiDocument, DescribedResponse, JsonSchema } from "./document.ts";
import { collectSchemas } from "./schemas.ts";

/** A field of a request or an answer, or a named schema. */
interface Place {
  at: string;
  description: string | undefined;
}

/** Every field of a schema, those of nested objects too. What it refers to is told with its own name. */
function* fieldsOf(schema: JsonSchema, at: string): Generator<Place> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield { at: `${at}.${name}`, description: property.description };
    yield* fieldsOf(property, `${at}.${name}`);
  }
  const { items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  if (items !== undefined) yield* fieldsOf(items, `${at}[]`);
  if (typeof additionalProperties === "object") yield* fieldsOf(additionalProperties, `${at}.*`);
  for (const alternative of [...anyOf, ...oneOf]) yield* fieldsOf(alternative, at);
}

function* placesOf({ paths, components }: Pick<ApiDocument, "paths" | "components">): Generator<Place> {
  for (const [name, schema] of Object.entries(components.schemas)) {
    yield { at: name, description: schema.description };
    yield* fieldsOf(schema, name);
  }
  for (const { operationId, parameters, requestBody, responses } of Object.values(paths).flatMap(Object.values)) {
    for (const { name, in: place, description } of parameters) {
      yield { at: `${operationId} ${place} ${name}`, description };
    }
    const bodies: Record<string, Pick<DescribedResponse, "content"> | undefined> = { body: requestBody, ...responses };
    for (const [part, body] of Object.entries(bodies)) {
      for (const { schema } of Object.values(body?.content ?? {})) yield* fieldsOf(schema, `${operationId} ${part}`);
    }
  }
}

/** Places that a reader would have to guess the meaning of. */
function findUndescribed(document: Pick<ApiDocument, "paths" | "components">): string[] {
  return [...placesOf(document)].filter(({ description = "" }) => description.trim() === "").map(({ at }) => at);
}

test("every field and every named schema of the document says what it is", () => {
  const document = buildDocument();
  expect([...placesOf(document)].length).toBeGreaterThan(700);
  expect(findUndescribed(document)).toEqual([]);
});

test("what it says are sentences", () => {
  const fragments = [...placesOf(buildDocument())].filter(
    ({ description = "" }) => !/^[A-Z`“].*[.…]$/s.test(description),
  );
  expect(fragments).toEqual([]);
});

describe("a field without a description is found", () => {
  const { paths } = buildDocument();
  const planted = z.object({ name: z.string() });

  test.each([
    ["in a named schema", planted, ["Pet.name"]],
    ["in each item of a list", z.object({ pets: z.array(planted).describe("All.") }), ["Pet.pets[].name"]],
    ["in each value of a map", z.object({ pets: z.record(z.string(), planted).describe("All.") }), ["Pet.pets.*.name"]],
    ["in an alternative", z.object({ pet: planted.nullable().describe("One.") }), ["Pet.pet.name"]],
    ["that refers to a schema", z.object({ pet: planted.describe("One.").meta({ id: "Inner" }) }), ["Pet.pet"]],
  ])("%s", (_, schema, expected) => {
    const schemas = collectSchemas();
    schemas.describe(schema.meta({ id: "Pet", description: "An animal." }), "output");
    const { Pet = {} } = schemas.components;
    const components = { schemas: { Pet }, headers: {}, securitySchemes: {} };
    expect(findUndescribed({ paths: {}, components })).toEqual(expected);
  });

  test("in an operation's path, body or answer", () => {
    const [[path = "", methods = {}] = []] = Object.entries(paths).filter(([, { put }]) => put !== undefined);
    const operation = structuredClone(methods.put);
    if (operation === undefined) throw new Error("No operation has a body.");
    const content = { "application/json": { schema: { properties: { bare: { type: "string" } } } } };
    operation.operationId = "plant";
    operation.parameters.push({ name: "bare", in: "query", required: false, schema: {} });
    operation.requestBody = { required: true, content };
    operation.responses = { 200: { description: "Done.", content } };
    const components = { schemas: {}, headers: {}, securitySchemes: {} };
    expect(findUndescribed({ paths: { [path]: { put: operation } }, components }).sort()).toEqual([
      "plant 200.bare",
      "plant body.bare",
      "plant query bare",
    ]);
  });
});
