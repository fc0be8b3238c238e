import { EnvironmentError, type PlatformAccount } from "#lib/env/read-env.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { Provider } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import { createDemoProvider } from "#lib/providers/demo/index.ts";
import { createOpenAiProvider } from "#lib/providers/openai/index.ts";
import { findProviderEntry } from "#lib/providers/registry.ts";
import type { Transport } from "#lib/providers/transport.ts";
import type { PlatformConnections } from "#lib/services/context.ts";

export interface PlatformProviders extends PlatformConnections {
  get(connection: Connection): Provider;
}

const DEMO: Connection = { id: "demo", provider: "demo", isSimulated: true };

/** The operator's accounts as connections; while there is none, the demo provider stands in. */
export function openPlatformProviders(accounts: readonly PlatformAccount[], transport: Transport): PlatformProviders {
  const providers = new Map<string, Provider>();
  const connections = accounts.map((account): Connection => {
    const id = `platform:${account.provider}`;
    providers.set(id, createOpenAiProvider(resolveAccount(account), transport));
    return { id, provider: account.provider, isSimulated: false };
  });
  const demoConnection = connections.length === 0 ? DEMO : null;
  if (demoConnection !== null) providers.set(DEMO.id, createDemoProvider());
  return {
    connections,
    demoConnection,
    get({ id }) {
      const provider = providers.get(id);
      if (provider === undefined) throw new Error(`There is no provider behind the connection ${id}.`);
      return provider;
    },
  };
}

function resolveAccount({ provider, apiKey, baseUrl }: PlatformAccount): ProviderAccount {
  const entry = findProviderEntry(provider);
  if (entry === null) throw new Error(`There is no provider ${provider}.`);
  const prefix = `PLATFORM_${provider.toUpperCase().replaceAll("-", "_")}`;
  const address = baseUrl ?? entry.baseUrl;
  if (address === null) {
    throw new EnvironmentError([
      `${prefix}_BASE_URL must be set too: every ${entry.name} account has its own address.`,
    ]);
  }
  if (apiKey === null && entry.auth !== null) {
    throw new EnvironmentError([`${prefix}_API_KEY must be set too: ${entry.name} takes no call without a key.`]);
  }
  return { entry, baseUrl: address, apiKey };
}
