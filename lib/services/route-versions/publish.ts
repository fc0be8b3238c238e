import type { Transaction } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import type { RouteConfig } from "./config.ts";
import { type CurrentRoute, readCurrentRoute } from "./read-current.ts";

interface Publication {
  config: RouteConfig;
  note: string;
  /** The version that the change was made on. */
  basedOn: number;
}

/** Publishes the next route version and answers its number. Throws `conflict` as `assertInForce` does. */
export async function publishRoute(
  tx: Transaction,
  context: ServiceContext,
  publication: Publication,
): Promise<number> {
  const { tenantId, actor } = context;
  const current = await readCurrentRoute(tx, tenantId);
  assertInForce(current, publication.basedOn);
  const number = current.number + 1;
  const { count } = await tx.routeVersion.createMany({
    data: [{ tenantId, number, config: publication.config, note: publication.note, publishedBy: actor.name }],
    skipDuplicates: true,
  });
  if (count === 0) throw new ServiceError("conflict", "Somebody else published at the same moment. Reload to see it.");
  await recordAudit(tx, context, {
    action: "route.publish",
    targetKind: "route-version",
    targetId: String(number),
    before: { ...current.config, routeVersion: current.number },
    after: { ...publication.config, routeVersion: number, note: publication.note },
  });
  return number;
}

/** Throws `conflict` when somebody else has published since the version that a change was made on. */
export function assertInForce(current: CurrentRoute, basedOn: number): void {
  if (current.number === basedOn) return;
  throw new ServiceError(
    "conflict",
    `${current.publishedBy} has published version ${current.number} in the meantime. Reload to see it, then decide again.`,
  );
}
