import type { Model } from "#lib/gateway/contract/catalog.ts";

type Facts = Omit<Model, "provider" | "id" | "name" | "contextTokens">;

/** What goes upstream, what people call it, its context window, and where it differs from its provider's others. */
export type Row = readonly [id: string, name: string, contextTokens: number, own?: Partial<Facts>];

/** The models of one provider: what they have in common, and each one's own. */
export function modelsOf(provider: string, common: Facts, rows: readonly Row[]): Model[] {
  return rows.map(([id, name, contextTokens, own]) => ({ provider, id, name, contextTokens, ...common, ...own }));
}
