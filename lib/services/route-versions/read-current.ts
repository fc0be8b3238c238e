import type { Transaction } from "#lib/db/client.ts";
import { type RouteConfig, routeConfigSchema } from "./config.ts";

export interface CurrentRoute {
  number: number;
  config: RouteConfig;
  note: string;
  publishedBy: string;
  publishedAt: Date;
}

/** The tenant's route version in force: the one with the highest number. Every tenant is made with one. */
export async function readCurrentRoute(tx: Transaction, tenantId: string): Promise<CurrentRoute> {
  const version = await tx.routeVersion.findFirstOrThrow({ where: { tenantId }, orderBy: { number: "desc" } });
  return { ...version, config: routeConfigSchema.parse(version.config) };
}
