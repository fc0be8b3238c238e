import type { Feature } from "../../contract/wire.ts";

/** Takes down that a field asks for a feature. */
export type Note = (feature: Feature, param: string) => void;

/** Fields that only Anthropic's wire knows. One that says nothing asks for nothing. */
export function unknownFields(
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  prefix: string,
  note: Note,
): void {
  for (const field in value) {
    if (!known.has(field) && isSaid(value[field]) && value[field] !== false) note("other", prefix + field);
  }
}

export function isSaid<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null;
}
