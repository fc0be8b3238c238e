import type { Environment } from "#lib/env/read-env.ts";
import type { Connection, Timeouts } from "#lib/gateway/contract/snapshot.ts";
import type { ProviderEntry } from "#lib/providers/registry/index.ts";
import { TRANSLATIONS } from "#lib/providers/translation/features.ts";

export type TimeoutSettings = Pick<Environment, "firstTokenTimeoutMs" | "idleTimeoutMs">;

type OfEntry = Pick<Connection, "provider" | "hosting" | "isSimulated" | "wires" | "translation" | "timeouts">;

/** What a connection has from its provider, whoever's it is. */
export function describeEntry(entry: ProviderEntry, settings: TimeoutSettings): OfEntry {
  return {
    provider: entry.id,
    hosting: entry.hosting,
    isSimulated: false,
    wires: Object.keys(entry.wires) as Connection["wires"],
    translation: entry.translation === null ? null : TRANSLATIONS[entry.translation],
    timeouts: timeoutsOf(entry.timeouts, settings),
  };
}

/** The operator's word over the provider's kind. */
export function timeoutsOf(usual: Timeouts, { firstTokenTimeoutMs, idleTimeoutMs }: TimeoutSettings): Timeouts {
  return { firstTokenMs: firstTokenTimeoutMs ?? usual.firstTokenMs, idleMs: idleTimeoutMs ?? usual.idleMs };
}
