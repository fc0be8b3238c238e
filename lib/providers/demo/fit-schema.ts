import { field } from "./read-request.ts";

// Schemas come from callers: a small one can ask for a value without end.
const MAX_DEPTH = 16;
const MAX_VALUES = 1_000;
const MAX_STRING_LENGTH = 10_000;
const STRING_FORMATS: Readonly<Record<string, string>> = {
  date: "2026-01-15",
  "date-time": "2026-01-15T09:30:00Z",
  email: "person@example.com",
  time: "09:30:00Z",
  uri: "https://example.com",
  uuid: "00000000-0000-4000-8000-000000000000",
};

/**
 * The smallest value that fits a JSON schema's types, enums, bounds and required properties. A property takes the value
 * that `known` has under its name, where that fits. Patterns and conditions of the schema are not followed, and null
 * stands where a value would go on without end.
 */
export function fitSchema(schema: unknown, known: Readonly<Record<string, unknown>>): unknown {
  return valueFor(schema, { root: schema, known, name: "value", depth: 0, budget: { values: MAX_VALUES } });
}

interface Place {
  root: unknown;
  known: Readonly<Record<string, unknown>>;
  name: string;
  depth: number;
  /** Shared by the whole value. */
  budget: { values: number };
}

function valueFor(schema: unknown, place: Place): unknown {
  const deeper = { ...place, depth: place.depth + 1 };
  // A schema that contains itself as a required property has no finite value.
  if (deeper.depth > MAX_DEPTH || --place.budget.values < 0) return null;
  const reference = field(schema, "$ref");
  if (typeof reference === "string") return valueFor(resolve(reference, place.root), deeper);
  const alternative = ["anyOf", "oneOf", "allOf"].map((key) => field(schema, key)).find(Array.isArray)?.[0];
  if (alternative !== undefined) return valueFor(alternative, deeper);
  if (field(schema, "const") !== undefined) return field(schema, "const");

  const options = field(schema, "enum");
  const type = typeOf(schema);
  const known = Object.hasOwn(place.known, place.name) ? place.known[place.name] : undefined;
  if (Array.isArray(options)) return options.includes(known) ? known : options[0];
  switch (type) {
    case "object":
      return fitObject(schema, deeper);
    case "array":
      return fitArray(schema, deeper);
    case "integer":
    case "number":
      return fitNumber(schema, known, type === "integer");
    case "boolean":
      return known === true;
    case "null":
      return null;
    default:
      return fitString(schema, known, place.name);
  }
}

function typeOf(schema: unknown): unknown {
  const type = field(schema, "type");
  if (Array.isArray(type)) return type.find((candidate) => candidate !== "null") ?? "null";
  return type ?? (field(schema, "properties") ? "object" : undefined);
}

function fitObject(schema: unknown, place: Place): Record<string, unknown> {
  const required = field(schema, "required");
  const names = Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
  const properties = field(schema, "properties");
  // Not by assignment: a property may be called __proto__.
  return Object.fromEntries(names.map((name) => [name, valueFor(field(properties, name), { ...place, name })]));
}

function fitArray(schema: unknown, place: Place): unknown[] {
  const length = Math.min(bound(schema, "minItems") ?? 0, Math.max(place.budget.values, 0));
  return Array.from({ length }, () => valueFor(field(schema, "items"), place));
}

function fitNumber(schema: unknown, known: unknown, isInteger: boolean): number {
  const low = bound(schema, "minimum") ?? addOne(bound(schema, "exclusiveMinimum"));
  const high = bound(schema, "maximum") ?? addOne(bound(schema, "exclusiveMaximum"), -1);
  const isFitting =
    typeof known === "number" &&
    (!isInteger || Number.isInteger(known)) &&
    known >= (low ?? known) &&
    known <= (high ?? known);
  if (isFitting) return known;
  const value = low ?? Math.min(1, high ?? 1);
  const step = bound(schema, "multipleOf");
  if (step) return Math.ceil(value / step) * step;
  return isInteger ? Math.ceil(value) : value;
}

function fitString(schema: unknown, known: unknown, name: string): string {
  const format = field(schema, "format");
  if (typeof format === "string" && STRING_FORMATS[format]) return STRING_FORMATS[format];
  const text = typeof known === "string" ? known : `simulated ${name.replaceAll("_", " ")}`;
  return text
    .padEnd(Math.min(bound(schema, "minLength") ?? 0, MAX_STRING_LENGTH), ".")
    .slice(0, bound(schema, "maxLength") ?? undefined);
}

function bound(schema: unknown, name: string): number | null {
  const value = field(schema, name);
  return typeof value === "number" ? value : null;
}

function addOne(value: number | null, step = 1): number | null {
  return value === null ? null : value + step;
}

/** `#/$defs/name` within the same schema. */
function resolve(reference: string, root: unknown): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>((schema, part) => field(schema, part), root);
}
