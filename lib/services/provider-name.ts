import { findProviderEntry } from "#lib/providers/registry/index.ts";

/** What people call a provider. The simulated one is no entry; one that is no longer known is called by its id. */
export function providerName(id: string): string {
  return id === "demo" ? "Demo" : (findProviderEntry(id)?.name ?? id);
}
