import { LRUCache } from "lru-cache";
import { OPERATOR } from "#lib/egress/rule.ts";
import type { Environment, PlatformAccount } from "#lib/env/read-env.ts";
import type { Connection, Timeouts } from "#lib/gateway/contract/snapshot.ts";
import type { Provider } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import { createDemoProvider } from "#lib/providers/demo/index.ts";
import { openProvider } from "#lib/providers/open-provider.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveAccount } from "#lib/providers/registry/resolve-account.ts";
import { TRANSLATIONS } from "#lib/providers/translation/features.ts";
import type { EgressTransport } from "#lib/providers/transport.ts";
import { placeOf } from "#lib/services/connections/place.ts";
import type { PlatformConnections } from "#lib/services/context.ts";
import { describeEntry, timeoutsOf } from "./describe-connection.ts";

export interface PlatformProviders extends PlatformConnections {
  get(connection: Connection): Provider;
}

type Settings = Pick<Environment, "platformAccounts" | "firstTokenTimeoutMs" | "idleTimeoutMs">;

/** Of one account: tenants that call it at the same time. */
const MAX_TENANTS = 10_000;

const DEMO_TIMEOUTS: Timeouts = { firstTokenMs: 60_000, idleMs: 30_000 };

/** The operator's accounts as connections; while there is none, the demo provider stands in. */
export function openPlatformProviders(settings: Settings, transport: EgressTransport): PlatformProviders {
  const providers = new Map<string, Provider>();
  const connections = settings.platformAccounts.map((platformAccount) => {
    const account = toAccount(platformAccount);
    const connection = toConnection(account, settings);
    providers.set(connection.id, openForTenants(account, transport));
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

/** One account on behalf of many: what is reached is told with the tenant for whom. */
function openForTenants(account: ProviderAccount, transport: EgressTransport): Provider {
  const byTenant = new LRUCache<string, Provider>({ max: MAX_TENANTS });
  return {
    call(request) {
      const { tenantId } = request;
      const known = byTenant.get(tenantId);
      if (known !== undefined) return known.call(request);
      const opened = openProvider(account, transport.under(OPERATOR, tenantId));
      byTenant.set(tenantId, opened);
      return opened.call(request);
    },
  };
}

function toConnection({ entry, fields }: ProviderAccount, settings: Settings): Connection {
  return {
    ...describeEntry(entry, settings),
    ...placeOf(entry, fields, []),
    id: `platform:${entry.id}`,
    name: `the platform's ${entry.name}`,
    owner: "platform",
    models: [],
    ownPrice: null,
    unopened: null,
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
    models: [],
    ownPrice: null,
    unopened: null,
    isSimulated: true,
    wires: ["openai-chat", "openai-embeddings"],
    translation: TRANSLATIONS["openai-compatible"],
    timeouts: timeoutsOf(DEMO_TIMEOUTS, settings),
  };
}
