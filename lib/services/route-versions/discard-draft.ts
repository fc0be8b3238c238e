import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { assertRevision, clearDraft, findDraft } from "./find-draft.ts";
import { readDraft } from "./read-draft.ts";
import { type DiscardDraftInput, discardDraftInput, type RouteDraftDto } from "./schemas.ts";

/** Gives the draft up: the next one begins from what is in force. Throws `conflict` when it has changed since. */
export async function discardDraft(context: ServiceContext, input: DiscardDraftInput): Promise<RouteDraftDto> {
  authorize(context, "route:write");
  const { revision } = parseInput(discardDraftInput, input);
  const { database, tenantId, actor } = context;
  await withTenant(database, tenantId, async (tx) => {
    const found = await findDraft(tx, tenantId);
    assertRevision(found, revision);
    if (found.isUntouched) return;
    await clearDraft(tx, tenantId, found, actor.name);
    await recordAudit(tx, context, {
      action: "route-draft.discard",
      targetKind: "route-draft",
      targetId: String(revision),
      before: { ...found.config, basedOn: found.basedOn },
    });
  });
  return readDraft(context);
}
