import path from "node:path";
import { createSignInThrottle, type SignInThrottle } from "#lib/auth/sign-in-throttle.ts";
import type { Catalog } from "#lib/catalog/index.ts";
import { findPrice, reportsCharges } from "#lib/catalog/prices.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { listenForConfigChanges } from "#lib/db/config-changes.ts";
import { resolveBySystem } from "#lib/egress/guarded-connector.ts";
import type { Environment } from "#lib/env/read-env.ts";
import { createGateway, type Gateway } from "#lib/gateway/gateway.ts";
import { type Breaker, createBreaker } from "#lib/gateway/health/breaker.ts";
import type { GatewayPorts } from "#lib/gateway/ports.ts";
import { openLedger } from "#lib/ledger/ledger.ts";
import { createMetrics, type Metrics } from "#lib/metrics/metrics.ts";
import { createProbe } from "#lib/providers/probe/index.ts";
import { createTransport } from "#lib/providers/transport.ts";
import { openDestinationLog } from "#lib/residency/destination-log.ts";
import { openSigningKey, type SigningKey } from "#lib/residency/signing-key.ts";
import { checkInTurn } from "#lib/services/connections/health/check.ts";
import { claimChecks } from "#lib/services/connections/health/claim.ts";
import { createProbeSlots } from "#lib/services/connections/probe-slots.ts";
import type { ConnectionPorts } from "#lib/services/context.ts";
import { createApiKeyCache } from "./api-key-cache.ts";
import { clock } from "./clock.ts";
import { countTokens } from "./count-tokens.ts";
import { startHealthChecks } from "./health-checks.ts";
import { createLog, type Logger } from "./log.ts";
import { newId } from "./new-id.ts";
import { openCatalog } from "./open-catalog.ts";
import { openTracing } from "./open-tracing.ts";
import { openVault, openWrapper } from "./open-vault.ts";
import { openPlatformProviders, type PlatformProviders } from "./platform-accounts.ts";
import { createSnapshotCache } from "./snapshot-cache.ts";
import { openTenantConnections } from "./tenant-connections.ts";
import { watchProbe } from "./watch-probe.ts";

/** Everything that exists once a process, made and wired here and nowhere else. */
export interface Composition {
  environment: Environment;
  log: Logger;
  database: Database;
  gateway: Gateway;
  health: Breaker;
  metrics: Metrics;
  platform: PlatformProviders;
  connections: ConnectionPorts;
  catalog: Catalog;
  keys: GatewayPorts["keys"];
  snapshots: GatewayPorts["snapshots"];
  sessionSecret: string;
  signingKey: SigningKey;
  signInThrottle: SignInThrottle;
  configChanged(tenantId: string): void;
  /** Waits until every call answered so far is in the ledger. */
  flushLedger(): Promise<void>;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

interface Secrets {
  appUrl: string;
  sessionSecret: string;
  /** The data folder's own; null: there is no such folder. */
  generatedMasterKeys: string | null;
}

const MAX_CONNECTIONS = 16;

export async function compose(
  environment: Environment,
  { appUrl, sessionSecret, generatedMasterKeys }: Secrets,
): Promise<Composition> {
  const log = createLog(environment.logLevel);
  const database = openDatabase(appUrl, MAX_CONNECTIONS);
  const { egressAllow } = environment;
  const destinations = openDestinationLog({ database, log, now: clock.now });
  const transport = createTransport({ allow: egressAllow, onReached: (end) => destinations.reached(end) });
  const platform = openPlatformProviders(environment, transport);

  const isListening = () => changes.isListening();
  const keys = createApiKeyCache(database, isListening);
  const wrapper = openWrapper({ environment, generatedMasterKeys, variables: process.env });
  if (wrapper.problem !== null) log.error(`tenants' keys cannot be opened: ${wrapper.problem}`);
  const vault = openVault(database, wrapper, isListening);
  const tenants = openTenantConnections({ ...environment, vault, transport });
  const catalog = openCatalog(environment.tierPins);
  const settings = { ...platform, tenants, catalog, deadlineMs: environment.callDeadlineMs };
  const snapshots = createSnapshotCache(database, settings, isListening);
  const configChanged = (tenantId: string) => {
    keys.forget(tenantId);
    vault.forget(tenantId);
    snapshots.forget(tenantId);
  };
  const forgetAll = () => {
    keys.clear();
    vault.forgetAll();
    snapshots.clear();
  };
  const changes = listenForConfigChanges(appUrl, { onChange: configChanged, onGap: forgetAll });

  const ledger = await openLedger({ appUrl, spoolFolder: path.resolve(environment.dataDir, "spool"), log });
  const health = createBreaker(clock, environment.breakerMinVolume);
  const { models } = catalog;
  const { connections, demoConnection } = platform;
  const platformIds = new Set(
    [...connections, ...(demoConnection === null ? [] : [demoConnection])].map(({ id }) => id),
  );
  const metrics = createMetrics({
    // Tenants are no labels, and neither are their connections: there may be thousands.
    circuits: () => health.circuits().filter(({ connectionId }) => platformIds.has(connectionId)),
    isKnownModel: (provider, model) => models.has(`${provider}/${model}`),
  });
  const tracing = await openTracing(environment, { clock, count: metrics.countSpans, log });
  const gateway = createGateway({
    keys,
    snapshots,
    providers: destinations.watch({ get: (connection) => tenants.find(connection) ?? platform.get(connection) }),
    prices: { find: findPrice, reportsCharges },
    ledger: {
      record(invocation) {
        metrics.observe(invocation);
        destinations.observe(invocation);
        ledger.record(invocation);
        tracing.observe(invocation);
      },
    },
    clock,
    random: Math.random,
    health,
    countTokens,
    newId,
    reportFault: (fault, invocationId) => log.error({ err: fault, invocationId }, "the gateway failed on a call"),
  });
  const guard = { allow: egressAllow, resolve: resolveBySystem };
  const probe = watchProbe(createProbe({ transport, guard }), destinations);
  const ownPorts = { vault, probe, egressAllow };
  const checks = startHealthChecks({
    claim: (asked) => claimChecks(database, asked),
    check: ({ tenantId, connectionId }, signal) =>
      checkInTurn({ database, tenantId, connections: ownPorts }, connectionId, { signal, now: clock.now }),
    clock,
    log,
  });
  return {
    environment,
    log,
    database,
    gateway,
    health,
    metrics,
    platform,
    connections: { ...ownPorts, slots: createProbeSlots() },
    catalog,
    keys,
    snapshots,
    sessionSecret,
    signingKey: openSigningKey(environment.statementKey, sessionSecret),
    signInThrottle: createSignInThrottle(),
    configChanged,
    flushLedger: () => ledger.flush(),
    isReady: () => answers(database),
    async close() {
      await checks.close();
      await changes.close();
      await Promise.all([ledger.close(), tracing.close()]);
      await destinations.close();
      await transport.close();
      await database.$disconnect();
    },
  };
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1 FROM tenant LIMIT 1`;
    return true;
  } catch {
    return false;
  }
}
