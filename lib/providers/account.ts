import type { ProviderEntry } from "./registry/entry.ts";
import { readPairs } from "./registry/field-formats.ts";

/** One account at a provider, with what it takes to call it. Never leaves the process, never goes into a log. */
export interface ProviderAccount {
  entry: ProviderEntry;
  /** Resolved, without a trailing slash. */
  baseUrl: string;
  /** By the ids of `entry.fields`, secret ones among them; what was left out is absent or has its default. */
  fields: Readonly<Record<string, string>>;
}

/** The values that must never leave: they are taken out of whatever a provider says. */
export function secretsOf({ entry, fields }: ProviderAccount): string[] {
  return entry.fields.flatMap(({ id, isSecret }) => (isSecret && fields[id] ? [fields[id]] : []));
}

/** What the account calls a model: its deployment where it names one, else the model's own name. */
export function upstreamModel({ fields }: ProviderAccount, model: string): string {
  if (fields.deployments === undefined) return model;
  return readPairs(fields.deployments)?.get(model) ?? model;
}
