import { withTenant } from "#lib/db/client.ts";
import { findProviderEntry } from "#lib/providers/registry/index.ts";
import type { ServiceContext } from "../context.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import type { EgressPolicy } from "./egress-rule.ts";
import { listOwn } from "./find-own.ts";
import { placeOf } from "./place.ts";
import type { StoredConnection } from "./stored.ts";

/** Where the tenant's connections may go, by the route in force. */
export async function readEgressPolicy({ database, tenantId }: ServiceContext): Promise<EgressPolicy> {
  return withTenant(database, tenantId, async (tx) => {
    const { config } = await readCurrentRoute(tx, tenantId);
    return toEgressPolicy(config, await listOwn(tx, tenantId));
  });
}

export function toEgressPolicy(config: RouteConfig, rows: readonly StoredConnection[]): EgressPolicy {
  const selfHostedHosts = rows.flatMap(({ provider, fields, isEnabled }) => {
    const entry = findProviderEntry(provider);
    return entry?.hosting === "self-hosted" && isEnabled ? [placeOf(entry, fields, []).host] : [];
  });
  return { mode: config.mode, residency: config.residency ?? null, selfHostedHosts };
}
