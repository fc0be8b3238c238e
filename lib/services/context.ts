import type { Catalog } from "#lib/catalog/index.ts";
import type { Database } from "#lib/db/client.ts";
import type { AllowList } from "#lib/egress/allow-list.ts";
import type { Connection, RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { Circuit } from "#lib/gateway/ports.ts";
import type { AccountProbe } from "#lib/providers/probe/contract.ts";
import type { SigningKey } from "#lib/residency/signing-key.ts";
import type { Vault } from "#lib/vault/vault.ts";
import type { ProbeSlots } from "./connections/probe-slots.ts";
import type { Role } from "./permissions.ts";

/** Who acts. */
export type Actor =
  | { kind: "member"; id: string; name: string; role: Role }
  | {
      kind: "api-key";
      id: string;
      name: string;
      scopes: readonly string[];
      /** Slugs it may call; empty means every function. */
      functions: readonly string[];
      canCallModels: boolean;
    }
  /** The start-up itself: making the demo tenant. */
  | { kind: "system"; id: "system"; name: string };

/** What every use case is given first: the tenant it acts in, who acts, and where the request came from. */
export interface ServiceContext {
  tenantId: string;
  tenantSlug: string;
  actor: Actor;
  requestId: string;
  /** The caller's network address, for the audit; null when there is none. */
  address: string | null;
  database: Database;
  platform: PlatformConnections;
  connections: ConnectionPorts;
  /** With the operator's pins. */
  catalog: Catalog;
  /** The tenant's routing as calls of this moment are planned by it, connections included. */
  routing(): Promise<RoutingSnapshot>;
  /** What statements are signed with. */
  signingKey: SigningKey;
  /** How the targets do that were called lately, as this process sees them. */
  circuits(): readonly Circuit[];
  /** Drops what this process keeps in memory of the tenant, before the use case answers. Others hear of it by LISTEN. */
  configChanged(tenantId: string): void;
}

/** The operator's own accounts, which serve the managed tiers. */
export interface PlatformConnections {
  connections: readonly Connection[];
  /** Stands in for every provider while there is no real account; null otherwise. */
  demoConnection: Connection | null;
}

/** What the tenant's own connections take. */
export interface ConnectionPorts {
  vault: Vault;
  probe: AccountProbe;
  /** How many people's tests may be under way at once. */
  slots: ProbeSlots;
  /** What tenants may reach although it is not public. */
  egressAllow: AllowList;
}
