import { type Environment, readEnv } from "#lib/env/read-env.ts";
import { findProviderEntry, PROVIDERS } from "#lib/providers/registry/index.ts";
import { resolveAccount } from "#lib/providers/registry/resolve-account.ts";

/** The process's environment, with the operator's accounts checked against the providers that there are. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  return readEnv(source, {
    providers: PROVIDERS,
    problemsOf({ provider, fields }) {
      const entry = findProviderEntry(provider);
      return entry === null ? [] : (resolveAccount(entry, fields).problems ?? []);
    },
  });
}
