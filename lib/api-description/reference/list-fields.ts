import type { JsonSchema } from "../document/document.ts";
import { describeLimits, describeType, listValues, type TypePart } from "./describe-type.ts";

/** A field of a body, as a line of a reference. */
export interface Field {
  /** What it lies in: `chain[].` for a field of each item of `chain`, `chains.*.` of each value of a map. */
  parent: string;
  name: string;
  type: TypePart[];
  values: string[];
  limits: string[];
  isRequired: boolean;
  description: string | undefined;
}

/** Every field of a schema, those of nested objects after their own. A named schema's fields are told with its name. */
export function listFields(schema: JsonSchema, parent = ""): Field[] {
  const { properties = {}, required = [], anyOf = [], oneOf = [] } = schema;
  const own = Object.entries(properties).flatMap(([name, property]) => [
    {
      parent,
      name,
      type: describeType(property),
      values: listValues(property),
      limits: describeLimits(property),
      isRequired: required.includes(name),
      description: property.description,
    },
    ...listNested(property, `${parent}${name}`),
  ]);
  return [...own, ...[...anyOf, ...oneOf].flatMap((alternative) => listFields(alternative, parent))];
}

function listNested(schema: JsonSchema, at: string): Field[] {
  const { items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  if (items !== undefined) return listNested(items, `${at}[]`);
  if (typeof additionalProperties === "object") return listNested(additionalProperties, `${at}.*`);
  if (schema.properties !== undefined) return listFields(schema, `${at}.`);
  return [...anyOf, ...oneOf].flatMap((alternative) => listNested(alternative, at));
}
