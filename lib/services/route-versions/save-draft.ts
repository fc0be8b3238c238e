import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { assertRevision, findDraft, writeDraft } from "./find-draft.ts";
import { readDraft } from "./read-draft.ts";
import { type RouteDraftDto, type SaveDraftInput, saveDraftInput } from "./schemas.ts";

/**
 * Keeps the draft as it is sent, problems and all: they show, and keep it from being published. `basedOn` later than
 * before says that what was published meanwhile has been seen. Throws `conflict` when somebody else was faster.
 */
export async function saveDraft(context: ServiceContext, input: SaveDraftInput): Promise<RouteDraftDto> {
  authorize(context, "route:write");
  const { config, revision, basedOn } = parseInput(saveDraftInput, input);
  const { database, tenantId, actor } = context;
  await withTenant(database, tenantId, async (tx) => {
    const found = await findDraft(tx, tenantId);
    assertRevision(found, revision);
    if (basedOn > found.current.number) {
      const message = `Version ${basedOn} is not published yet.`;
      throw new ServiceError("invalid_request", message, { fields: { basedOn: message } });
    }
    await writeDraft(tx, tenantId, found, { config, basedOn, updatedBy: actor.name });
    await recordAudit(tx, context, {
      action: "route-draft.save",
      targetKind: "route-draft",
      targetId: String(revision + 1),
      before: { ...found.config, basedOn: found.basedOn },
      after: { ...config, basedOn },
    });
  });
  return readDraft(context);
}
