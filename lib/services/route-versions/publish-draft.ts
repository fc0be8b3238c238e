import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { describeDifference } from "./describe-difference.ts";
import { assertRevision, clearDraft, findDraft } from "./find-draft.ts";
import { assertPublishable, openJudge } from "./judge.ts";
import { assertInForce, publishRoute } from "./publish.ts";
import { readRouteVersion } from "./read.ts";
import { type PublishDraftInput, publishDraftInput, type RouteVersionDetailDto } from "./schemas.ts";

/**
 * Puts the draft in force as the next version. Throws `conflict` when it is not the one that was seen or somebody has
 * published since it was begun, `invalid_request` when it changes nothing or something that it names is missing.
 */
export async function publishDraft(context: ServiceContext, input: PublishDraftInput): Promise<RouteVersionDetailDto> {
  authorize(context, "route:write");
  const { revision, basedOn, note } = parseInput(publishDraftInput, input);
  const { database, tenantId, actor } = context;
  const judge = await openJudge(context);
  const number = await withTenant(database, tenantId, async (tx) => {
    const draft = await findDraft(tx, tenantId);
    assertRevision(draft, revision);
    if (draft.basedOn !== basedOn) {
      throw new ServiceError("conflict", `The draft is based on version ${draft.basedOn}, not on ${basedOn}.`);
    }
    assertInForce(draft.current, basedOn);
    if (describeDifference(draft.current.config, draft.config, judge.names).length === 0) {
      throw new ServiceError("invalid_request", "The draft changes nothing about the version in force.");
    }
    assertPublishable(judge, draft.config);
    const published = await publishRoute(tx, context, { config: draft.config, note, basedOn });
    await clearDraft(tx, tenantId, draft, actor.name);
    return published;
  });
  context.configChanged(tenantId);
  return readRouteVersion(context, { number });
}
