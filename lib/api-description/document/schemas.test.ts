import { expect, test } from "vitest";
import { z } from "zod";
import { collectSchemas } from "./schemas.ts";

const named = (id: string, shape: z.ZodRawShape) => z.object(shape).meta({ id });

test("a schema with an id is a component, referred to wherever it stands", () => {
  const schemas = collectSchemas();
  const pet = named("Pet", { name: z.string() });
  expect(schemas.describe(pet, "output")).toEqual({ $ref: "#/components/schemas/Pet" });
  expect(schemas.describe(z.object({ data: z.array(pet) }), "output")).toMatchObject({
    properties: { data: { items: { $ref: "#/components/schemas/Pet" } } },
  });
  expect(schemas.components).toEqual({
    Pet: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  });
});

test("one name cannot mean two things", () => {
  const schemas = collectSchemas();
  schemas.describe(named("Pet", { name: z.string() }), "output");
  expect(() => schemas.describe(named("Pet", { name: z.number() }), "output")).toThrow("Two schemas are called Pet");
  const changing = named("Owner", { name: z.string().default("nobody") });
  schemas.describe(changing, "output");
  expect(() => schemas.describe(changing, "input")).toThrow("Owner");
});

test("a format stands for its pattern, and numbers that bound nothing are left out", () => {
  const described = collectSchemas().describe(z.object({ at: z.iso.datetime(), count: z.int().min(1) }), "output");
  expect(described.properties).toEqual({
    at: { type: "string", format: "date-time" },
    count: { type: "integer", minimum: 1 },
  });
});
