import { withTenant } from "#lib/db/client.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import type { ProbeTarget } from "#lib/providers/probe/contract.ts";
import type { ServiceContext } from "../context.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { findEntry } from "./check-account.ts";
import { egressRuleOf } from "./egress-rule.ts";
import { findOwn } from "./find-own.ts";
import { mergeAccount } from "./merge-fields.ts";
import { placeOf } from "./place.ts";
import type { StoredConnection } from "./stored.ts";

export type AccountContext = Pick<ServiceContext, "database" | "tenantId"> & {
  connections: Pick<ServiceContext["connections"], "vault" | "egressAllow">;
};

export interface Saved {
  row: StoredConnection;
  /** The route in force. */
  config: RouteConfig;
}

/** Throws `not_found`. */
export function findSaved({ database, tenantId }: AccountContext, id: string): Promise<Saved> {
  return withTenant(database, tenantId, async (tx) => ({
    row: await findOwn(tx, tenantId, id),
    config: (await readCurrentRoute(tx, tenantId)).config,
  }));
}

/** A saved connection as it is asked: under the rule that its calls are under. Throws as `mergeAccount` does. */
export async function openSaved(context: AccountContext, { row, config }: Saved): Promise<ProbeTarget> {
  const { account } = await mergeAccount(context, findEntry(row.provider), row, {});
  return { account, tenantId: context.tenantId, connectionId: row.id, ...whereOf(account, row.regions, config) };
}

/** Where an account may be asked, and where it runs. */
export function whereOf(
  { entry, fields }: ProviderAccount,
  enteredRegions: readonly string[],
  config: RouteConfig,
): Pick<ProbeTarget, "rule" | "regions"> {
  const place = placeOf(entry, fields, enteredRegions);
  return { rule: egressRuleOf(place, config), regions: place.regions };
}
