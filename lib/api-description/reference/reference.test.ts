import { expect, test } from "vitest";
import { buildDocument } from "../document/build.ts";
import { groupOperations, resolveSchema } from "./reference.ts";

const document = buildDocument();
const groups = groupOperations(document);

test("every operation of the document is in one group, and every group has a page of its own", () => {
  const operations = groups.flatMap((group) => group.operations);
  expect(operations).toHaveLength(Object.values(document.paths).flatMap(Object.values).length);
  const slugs = [...groups.map(({ slug }) => slug), "schemas"];
  expect(new Set(slugs).size).toBe(slugs.length);
  expect(slugs.every((slug) => /^[a-z-]+$/.test(slug))).toBe(true);
});

test("a reference leads to the schema of its name, and what is no reference is the schema itself", () => {
  const { components } = document;
  expect(resolveSchema(components, { $ref: "#/components/schemas/ApiKey" })).toBe(components.schemas.ApiKey);
  const text = { type: "string" };
  expect(resolveSchema(components, text)).toBe(text);
});
