import type { StoredConnection } from "./stored.ts";

type Described = Pick<
  StoredConnection,
  "provider" | "name" | "priority" | "isEnabled" | "fields" | "regions" | "prices"
>;

/** What an audit event keeps of a connection: of its secrets only which there are. */
export function describeForAudit(row: Described, secretFields?: readonly string[]) {
  const { provider, name, priority, isEnabled, fields, regions, prices } = row;
  const seen = { provider, name, priority, isEnabled, fields, regions, price: prices };
  return secretFields === undefined ? seen : { ...seen, secretFields: [...secretFields] };
}
