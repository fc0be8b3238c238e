import type { Transaction } from "#lib/db/client.ts";
import { ServiceError } from "../errors.ts";
import { type RouteConfig, routeConfigSchema } from "./config.ts";
import { type CurrentRoute, readCurrentRoute } from "./read-current.ts";

/** What a tenant's people are working on, beside what is in force. */
export interface FoundDraft {
  current: CurrentRoute;
  config: RouteConfig;
  /** The version that it began as a copy of. */
  basedOn: number;
  /** Counts changes and never starts over, so that no two drafts of a tenant can be taken for each other. 0: none yet. */
  revision: number;
  /** Nobody is working on anything: this is a copy of what is in force. */
  isUntouched: boolean;
  /** Who made, published or discarded it last; null: nobody has yet. */
  touched: { by: string; at: Date } | null;
}

/** Of a draft that nobody is working on: it was published or discarded. */
const UNTOUCHED = 0;

export async function findDraft(tx: Transaction, tenantId: string): Promise<FoundDraft> {
  const current = await readCurrentRoute(tx, tenantId);
  const row = await tx.routeDraft.findUnique({ where: { tenantId } });
  const copy = { current, config: current.config, basedOn: current.number, isUntouched: true };
  if (row === null) return { ...copy, revision: 0, touched: null };
  const { basedOn, revision, updatedBy, updatedAt } = row;
  const touched = { by: updatedBy, at: updatedAt };
  if (basedOn === UNTOUCHED) return { ...copy, revision, touched };
  return { current, config: routeConfigSchema.parse(row.config), basedOn, revision, isUntouched: false, touched };
}

interface WrittenDraft {
  config: RouteConfig;
  basedOn: number;
  updatedBy: string;
}

/** Puts another in the draft's place. Throws `conflict` when somebody has changed it since `found`. */
export async function writeDraft(
  tx: Transaction,
  tenantId: string,
  { revision }: FoundDraft,
  draft: WrittenDraft,
): Promise<void> {
  const data = { ...draft, revision: revision + 1, updatedAt: new Date() };
  const { count } =
    revision === 0
      ? await tx.routeDraft.createMany({ data: [{ tenantId, ...data }], skipDuplicates: true })
      : await tx.routeDraft.updateMany({ where: { tenantId, revision }, data });
  if (count === 0) throw draftConflict(await findDraft(tx, tenantId));
}

/** Ends the draft: the next one begins from what is in force. Throws `conflict` as `writeDraft` does. */
export function clearDraft(tx: Transaction, tenantId: string, found: FoundDraft, by: string): Promise<void> {
  return writeDraft(tx, tenantId, found, { config: found.config, basedOn: UNTOUCHED, updatedBy: by });
}

/** Throws `conflict` unless the draft is the one that was seen. */
export function assertRevision(found: FoundDraft, seen: number): void {
  if (found.revision !== seen) throw draftConflict(found);
}

function draftConflict({ touched, isUntouched }: FoundDraft): ServiceError {
  const what = isUntouched ? "published or discarded" : "changed";
  const message = `${touched?.by ?? "Nobody"} has ${what} the draft in the meantime. Reload to see it, then decide again.`;
  return new ServiceError("conflict", touched === null ? "There is no such draft. Reload to see what is." : message);
}
