import { randomBytes } from "node:crypto";
import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { createTestDatabase, type TestDatabase } from "#e2e/support/database.ts";
import { compileCatalog } from "#lib/catalog/index.ts";
import { createSnapshotCache } from "#lib/composition/snapshot-cache.ts";
import { openTenantConnections } from "#lib/composition/tenant-connections.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { openDataKeys } from "#lib/db/data-keys.ts";
import { NOTHING_ALLOWED } from "#lib/egress/allow-list.ts";
import { createTransport } from "#lib/providers/transport.ts";
import { openSigningKey } from "#lib/residency/signing-key.ts";
import { createProbeSlots } from "#lib/services/connections/probe-slots.ts";
import type { Actor, ConnectionPorts, ServiceContext } from "#lib/services/context.ts";
import type { Role } from "#lib/services/permissions.ts";
import { createTenant, createUser } from "#lib/services/tenants/create.ts";
import { openMasterKeys } from "#lib/vault/master-keys.ts";
import { createVault } from "#lib/vault/vault.ts";
import { DEMO_CONNECTION } from "./gateway.ts";

/** A database of a test file's own, open as the app and as the owner, who sees past row-level security. */
export interface Opened {
  test: TestDatabase;
  database: Database;
  owner: pg.Client;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 6;

export async function openTestDatabase(): Promise<Opened> {
  const test = await createTestDatabase();
  const database = openDatabase(test.appUrl, MAX_CONNECTIONS);
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const close = async () => {
    await database.$disconnect();
    await owner.end();
    await test.drop();
  };
  return { test, database, owner, close };
}

export interface TestTenant {
  tenantId: string;
  slug: string;
  ownerId: string;
}

/** A tenant with an owner of its own, as the start-up makes them. */
export async function makeTenant(database: Database, slug: string): Promise<TestTenant> {
  const email = `owner@${slug}.example`;
  const owner = await createUser(database, { email, name: `Owner of ${slug}`, passwordHash: "none" });
  const tenantId = await createTenant(database, { slug, name: slug.toUpperCase(), owner });
  return { tenantId, slug, ownerId: owner.id };
}

export function memberOf(tenant: TestTenant, role: Role = "owner"): Actor {
  return { kind: "member", id: tenant.ownerId, name: `The ${role}`, role };
}

export function keyWith(scopes: readonly string[], part: Partial<Actor & { kind: "api-key" }> = {}): Actor {
  return { kind: "api-key", id: uuidv7(), name: "Robot", scopes, functions: [], canCallModels: true, ...part };
}

const MASTER_KEYS = `test-1:${randomBytes(32).toString("base64")}`;

/** A vault of this process's own master key, and nobody to ask. */
export function connectionPorts(database: Database, part: Partial<ConnectionPorts> = {}): ConnectionPorts {
  const vault = createVault({ wrapper: openMasterKeys(MASTER_KEYS), store: openDataKeys(database) });
  const nobody = () => Promise.reject(new Error("Nobody is asked here."));
  return {
    vault,
    probe: { test: nobody, listModels: nobody, checkHealth: nobody },
    slots: createProbeSlots(),
    egressAllow: NOTHING_ALLOWED,
    ...part,
  };
}

/** What compiles tenants' connections; nothing is sent. */
export function tenantConnections(vault: ConnectionPorts["vault"]) {
  return openTenantConnections({ vault, transport: createTransport(), firstTokenTimeoutMs: null, idleTimeoutMs: null });
}

export const SIGNING_KEY = openSigningKey(null, "a session secret of the tests");

/** The context of a use case; `changes` lists the tenants whose change it announced. */
export function contextOf(database: Database, tenant: TestTenant, actor: Actor = memberOf(tenant)) {
  const changes: string[] = [];
  const platform = { connections: [], demoConnection: DEMO_CONNECTION };
  const catalog = compileCatalog();
  const connections = connectionPorts(database);
  const tenants = tenantConnections(connections.vault);
  const context: ServiceContext = {
    tenantId: tenant.tenantId,
    tenantSlug: tenant.slug,
    actor,
    requestId: "request-1",
    address: "203.0.113.7",
    database,
    platform,
    connections,
    catalog,
    // Compiled anew each time: a test that changes something needs to forget nothing.
    routing: () =>
      createSnapshotCache(database, { ...platform, tenants, catalog, deadlineMs: 60_000 }, () => false).get(
        tenant.tenantId,
      ),
    signingKey: SIGNING_KEY,
    circuits: () => [],
    configChanged: (tenantId) => void changes.push(tenantId),
  };
  return { ...context, changes };
}
