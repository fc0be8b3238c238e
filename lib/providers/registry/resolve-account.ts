import type { ProviderAccount } from "../account.ts";
import { fillIn } from "../request-parts.ts";
import type { ProviderEntry, ProviderField } from "./entry.ts";
import { FIELD_FORMAT_RULES } from "./field-formats.ts";

/** What is wrong with one field of an account. Never repeats a value. */
export interface FieldProblem {
  field: string;
  /** The field that would do as well; null: none would. */
  orField: string | null;
  kind: "missing" | "malformed" | "unknown";
  /** The rest of a sentence that begins with the field's name. */
  message: string;
}

export type ResolvedAccount =
  | { account: ProviderAccount; problems: null }
  | { account: null; problems: FieldProblem[] };

type Fields = Readonly<Record<string, string>>;

/** An account of what was entered: spaces and trailing slashes gone, defaults filled in; or every problem with it. */
export function resolveAccount(entry: ProviderEntry, entered: Fields): ResolvedAccount {
  const given = withoutBlanks(entered);
  const problems = [...unknownFields(entry, given), ...entry.fields.flatMap((field) => fieldProblems(field, given))];
  if (problems.length > 0) return { account: null, problems };
  const defaults = entry.fields.flatMap((field) => (field.default === undefined ? [] : [[field.id, field.default]]));
  const fields: Fields = { ...Object.fromEntries(defaults), ...given };
  return { account: { entry, baseUrl: resolveBaseUrl(entry, fields), fields }, problems: null };
}

function withoutBlanks(entered: Fields): Fields {
  const trimmed = Object.entries(entered).map(([id, value]) => [id, value.trim()]);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
}

function unknownFields({ fields, name }: ProviderEntry, given: Fields): FieldProblem[] {
  const known = new Set(fields.map(({ id }) => id));
  const unknown = Object.keys(given).filter((id) => !known.has(id));
  return unknown.map((field) => ({ field, orField: null, kind: "unknown", message: `is no field of ${name}` }));
}

function fieldProblems(field: ProviderField, given: Fields): FieldProblem[] {
  const { id, unless, hint } = field;
  const value = given[id];
  if (value !== undefined) {
    const { isMet, mustBe } = FIELD_FORMAT_RULES[field.format];
    return isMet(value) ? [] : [{ field: id, orField: null, kind: "malformed", message: mustBe }];
  }
  if (!field.isRequired || (unless !== undefined && unless in given)) return [];
  const explanation = hint.charAt(0).toLowerCase() + hint.slice(1).replace(/\.$/, "");
  return [{ field: id, orField: unless ?? null, kind: "missing", message: `must be set too: ${explanation}` }];
}

/** Where an account with these fields is reached, whatever else it lacks. */
export function resolveBaseUrl(entry: ProviderEntry, fields: Fields): string {
  const region = fields.location ?? fields.region ?? "";
  const regional = new Map(Object.entries(entry.regionalBaseUrls ?? {}));
  const pattern = regional.get(region) ?? entry.baseUrl ?? "";
  return (fields.baseUrl ?? fillIn(pattern, fields)).replace(/\/+$/, "");
}
