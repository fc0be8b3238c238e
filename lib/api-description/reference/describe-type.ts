import type { JsonSchema } from "../document/document.ts";
import { nameOf } from "./reference.ts";

/** What a type is said with: words, or a named schema that tells the rest. */
export type TypePart = string | { schema: string };

/** A schema's type in a few words: `array of `, `{ schema: "ApiKey" }`. */
export function describeType(schema: JsonSchema): TypePart[] {
  const name = nameOf(schema);
  if (name !== undefined) return [{ schema: name }];
  const { anyOf, oneOf, items, additionalProperties, format } = schema;
  const alternatives = anyOf ?? oneOf;
  if (alternatives !== undefined) return join(alternatives.map(describeType));
  if ("const" in schema) return [JSON.stringify(schema.const)];
  if (schema.type === "array" && items !== undefined) return ["array of ", ...describeType(items)];
  if (schema.type === "object" && typeof additionalProperties === "object") {
    return ["map of ", ...describeType(additionalProperties)];
  }
  const type = [schema.type ?? "anything"].flat().join(" or ");
  return [format === undefined ? type : `${type} (${format})`];
}

/** Alternatives that read the same are said once: two kinds of object are `object`. */
function join(alternatives: TypePart[][]): TypePart[] {
  const known = new Map(alternatives.map((parts) => [JSON.stringify(parts), parts]));
  return [...known.values()].flatMap((parts, at) => (at === 0 ? parts : [" or ", ...parts]));
}

/** The values that it may have, where they are few; of an array or map those that each of its items may have. */
export function listValues(schema: JsonSchema): string[] {
  if (schema.enum !== undefined) return schema.enum.map(String);
  return innerSchemas(schema).flatMap(listValues);
}

/** What bounds it besides its type: `1 to 64 characters`, `at most 10 items`, `default null`. */
export function describeLimits(schema: JsonSchema): string[] {
  const { minimum, maximum, exclusiveMinimum, minLength, maxLength, minItems, maxItems, pattern } = schema;
  return [
    range(minimum, maximum),
    exclusiveMinimum === undefined ? null : `more than ${exclusiveMinimum}`,
    range(minLength, maxLength, "characters"),
    range(minItems, maxItems, "items"),
    pattern === undefined ? null : `matches ${pattern}`,
    schema.propertyNames?.pattern === undefined ? null : `names match ${schema.propertyNames.pattern}`,
    ...innerSchemas(schema).flatMap(describeLimits),
    "default" in schema ? `default ${JSON.stringify(schema.default)}` : null,
  ].filter((limit) => limit !== null);
}

/** The schemas that share a field with it: alternatives, and the items of an array or map. */
function innerSchemas({ anyOf, oneOf, items, additionalProperties }: JsonSchema): JsonSchema[] {
  const values = typeof additionalProperties === "object" ? [additionalProperties] : [];
  return [...(anyOf ?? []), ...(oneOf ?? []), ...(items === undefined ? [] : [items]), ...values];
}

function range(from: number | undefined, to: number | undefined, unit?: string): string | null {
  if (from === undefined && to === undefined) return null;
  const words = to === undefined ? `at least ${from}` : from === undefined ? `at most ${to}` : `${from} to ${to}`;
  return unit === undefined ? words : `${words} ${unit}`;
}
