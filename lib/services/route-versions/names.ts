import type { Catalog } from "#lib/catalog/index.ts";
import type { Mode, TargetRef } from "#lib/gateway/contract/catalog.ts";
import { providerName } from "../provider-name.ts";

/** What people call what a configuration names by ids. */
export interface Names {
  catalog: Catalog;
  /** A tenant's own connections by their ids. */
  connections: ReadonlyMap<string, string>;
}

export const MODE_NAMES = {
  "platform-managed": "Platform managed",
  "bring-your-own": "Bring your own model",
  "self-hosted": "Self-hosted",
} as const satisfies Record<Mode, string>;

export function modelName({ catalog }: Pick<Names, "catalog">, provider: string, model: string): string {
  return catalog.models.get(`${provider}/${model}`)?.name ?? model;
}

/** "GPT-4.1 nano at OpenAI by EU key". */
export function targetName(names: Names, { provider, model, connectionId }: TargetRef): string {
  const target = `${modelName(names, provider, model)} at ${providerName(provider)}`;
  if (connectionId === null) return target;
  return `${target} by ${names.connections.get(connectionId) ?? "a connection that is gone"}`;
}

/** "GPT-4.1 nano at OpenAI, then Claude Haiku 4.5 at Anthropic". */
export function chainName(names: Names, chain: readonly TargetRef[]): string {
  return chain.length === 0 ? "nothing" : chain.map((ref) => targetName(names, ref)).join(", then ");
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
