import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { Provider } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import { openProvider } from "#lib/providers/open-provider.ts";
import { findProviderEntry, type ProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveAccount } from "#lib/providers/registry/resolve-account.ts";
import type { EgressTransport } from "#lib/providers/transport.ts";
import { egressRuleOf } from "#lib/services/connections/egress-rule.ts";
import { knownModels } from "#lib/services/connections/known-models.ts";
import { placeOf } from "#lib/services/connections/place.ts";
import { openSecrets } from "#lib/services/connections/seal-secrets.ts";
import { type StoredConnection, toOwnPrice } from "#lib/services/connections/stored.ts";
import type { RouteConfig } from "#lib/services/route-versions/config.ts";
import type { Vault } from "#lib/vault/vault.ts";
import { describeEntry, type TimeoutSettings } from "./describe-connection.ts";

export interface CompiledConnections {
  /** The tenant's own in order, then the platform's. */
  connections: readonly Connection[];
  demoConnection: Connection | null;
  /** Some key may open later although nothing changes: the key service is away. */
  isPassing: boolean;
}

export interface TenantConnections {
  /** What a tenant's calls may go to by this route. Plain keys live as long as the connections that are answered. */
  compile(
    tenantId: string,
    config: RouteConfig,
    rows: readonly StoredConnection[],
    platform: Pick<CompiledConnections, "connections" | "demoConnection">,
  ): Promise<CompiledConnections>;
  /** Null for a connection that was not compiled here. */
  find(connection: Connection): Provider | null;
}

interface Settings extends TimeoutSettings {
  vault: Vault;
  transport: EgressTransport;
}

/** Tenants' own connections, each under the egress rule of its tenant's mode and residency. */
export function openTenantConnections({ vault, transport, ...timeouts }: Settings): TenantConnections {
  // By the very object that a snapshot holds: a call in flight keeps the key it began with, and nothing else does.
  const providers = new WeakMap<Connection, Provider>();

  const compileOne = async (tenantId: string, config: RouteConfig, row: StoredConnection) => {
    const entry = findProviderEntry(row.provider);
    if (entry === null) return null;
    const opened = await openSecrets(vault, row);
    const { account, unopened } =
      opened.secret === null
        ? { account: null, unopened: opened.unopened }
        : resolve(entry, { ...row.fields, ...opened.secret });
    const place = placeOf(entry, row.fields, row.regions);
    const connection: Connection = Object.freeze({
      ...describeEntry(entry, timeouts),
      ...place,
      id: row.id,
      name: row.name,
      owner: "tenant",
      models: knownModels(row),
      ownPrice: toOwnPrice(row.prices),
      unopened,
    });
    if (account !== null) {
      const guarded = transport.under(egressRuleOf(place, config), tenantId);
      providers.set(connection, openProvider(account, guarded));
    }
    return { connection, isPassing: opened.secret === null && opened.mayOpenLater };
  };

  /** In self-hosted mode the platform's accounts are known, to be named and planned with, and lead nowhere. */
  const closed = (connection: Connection): Connection => {
    const copy = Object.freeze({ ...connection });
    providers.set(copy, STAYS_AT_HOME);
    return copy;
  };

  return {
    async compile(tenantId, config, rows, { connections, demoConnection }) {
      const enabled = rows.filter(({ isEnabled }) => isEnabled);
      const compiled = await Promise.all(enabled.map((row) => compileOne(tenantId, config, row)));
      const own = compiled.filter((one) => one !== null);
      const isAtHome = config.mode === "self-hosted";
      return {
        connections: [
          ...own.map(({ connection }) => connection),
          ...(isAtHome ? connections.map(closed) : connections),
        ],
        demoConnection: isAtHome && demoConnection !== null ? closed(demoConnection) : demoConnection,
        isPassing: own.some(({ isPassing }) => isPassing),
      };
    },
    find: (connection) => providers.get(connection) ?? null,
  };
}

function resolve(entry: ProviderEntry, fields: Readonly<Record<string, string>>): Resolved {
  const { account, problems } = resolveAccount(entry, fields);
  if (account !== null) return { account, unopened: null };
  const wrong = problems.map(({ field, message }) => `${field} ${message}`).join(", ");
  return { account: null, unopened: `Its settings do not hold any more (${wrong}): enter them again.` };
}

type Resolved = { account: ProviderAccount; unopened: null } | { account: null; unopened: string };

const STAYS_AT_HOME: Provider = {
  call: async () => ({
    kind: "failure",
    providerRequestId: null,
    failure: {
      kind: "egress-refused",
      httpStatus: null,
      message: "The egress rule of self-hosted mode refuses this connection: it is not the tenant's own.",
      code: null,
      param: null,
      retryAfterMs: null,
    },
  }),
};
