import type { Environment, PlatformAccount } from "#lib/env/read-env.ts";
import type { Connection, Timeouts } from "#lib/gateway/contract/snapshot.ts";
import type { Provider } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import { createDemoProvider } from "#lib/providers/demo/index.ts";
import { openProvider } from "#lib/providers/open-provider.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveAccount } from "#lib/providers/registry/resolve-account.ts";
import { TRANSLATIONS } from "#lib/providers/translation/features.ts";
import type { Transport } from "#lib/providers/transport.ts";
import type { PlatformConnections } from "#lib/services/context.ts";

export interface PlatformProviders extends PlatformConnections {
  get(connection: Connection): Provider;
}

type Settings = Pick<Environment, "platformAccounts" | "firstTokenTimeoutMs" | "idleTimeoutMs">;

const DEMO_TIMEOUTS: Timeouts = { firstTokenMs: 60_000, idleMs: 30_000 };

/** The operator's accounts as connections; while there is none, the demo provider stands in. */
export function openPlatformProviders(settings: Settings, transport: Transport): PlatformProviders {
  const providers = new Map<string, Provider>();
  const connections = settings.platformAccounts.map((platformAccount) => {
    const account = toAccount(platformAccount);
    const connection = toConnection(account, settings);
    providers.set(connection.id, openProvider(account, transport));
    return connection;
  });
  const demoConnection = connections.length === 0 ? toDemoConnection(settings) : null;
  if (demoConnection !== null) providers.set(demoConnection.id, createDemoProvider());
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

function toAccount({ provider, fields }: PlatformAccount): ProviderAccount {
  const entry = findProviderEntry(provider);
  if (entry === null) throw new Error(`There is no provider ${provider}.`);
  const { account, problems } = resolveAccount(entry, fields);
  // The environment was refused with these already.
  if (account === null)
    throw new Error(`${entry.name}: ${problems.map(({ field, message }) => `${field} ${message}`)}.`);
  return account;
}

function toConnection({ entry, baseUrl, fields }: ProviderAccount, settings: Settings): Connection {
  return {
    id: `platform:${entry.id}`,
    provider: entry.id,
    name: `the platform's ${entry.name}`,
    owner: "platform",
    hosting: entry.hosting,
    regions: regionsOf(fields),
    host: new URL(baseUrl).hostname,
    ownPrice: null,
    unopened: null,
    isSimulated: false,
    wires: Object.keys(entry.wires) as Connection["wires"],
    translation: entry.translation === null ? null : TRANSLATIONS[entry.translation],
    timeouts: timeoutsOf(entry.timeouts, settings),
  };
}

function toDemoConnection(settings: Settings): Connection {
  return {
    id: "demo",
    provider: "demo",
    name: "the demo provider",
    owner: "platform",
    hosting: "cloud",
    regions: [],
    host: "demo.invalid",
    ownPrice: null,
    unopened: null,
    isSimulated: true,
    wires: ["openai-chat", "openai-embeddings"],
    translation: TRANSLATIONS["openai-compatible"],
    timeouts: timeoutsOf(DEMO_TIMEOUTS, settings),
  };
}

/** Where an account runs, as far as its fields say. */
function regionsOf({ region, location }: Readonly<Record<string, string>>): string[] {
  return [region ?? location].filter((place) => place !== undefined);
}

/** The operator's word over the provider's kind. */
function timeoutsOf(usual: Timeouts, { firstTokenTimeoutMs, idleTimeoutMs }: Settings): Timeouts {
  return { firstTokenMs: firstTokenTimeoutMs ?? usual.firstTokenMs, idleMs: idleTimeoutMs ?? usual.idleMs };
}
