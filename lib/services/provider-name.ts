import { formatProvider } from "#lib/format/provider.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";

/** What people call a provider: the registry's name, or the console's for one that is no entry, as the simulated one. */
export function providerName(id: string): string {
  return findProviderEntry(id)?.name ?? formatProvider(id);
}
