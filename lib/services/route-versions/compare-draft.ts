import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { describeDifference } from "./describe-difference.ts";
import { findDraft } from "./find-draft.ts";
import { openJudge } from "./judge.ts";
import type { DraftDifferenceDto } from "./schemas.ts";

/** What publishing the draft would change about the version in force, in words, and what keeps it from that. */
export async function compareDraft(context: ServiceContext): Promise<DraftDifferenceDto> {
  authorize(context, "route:read");
  const { database, tenantId } = context;
  const { names, problemsOf } = await openJudge(context);
  const { current, config, basedOn, revision } = await withTenant(database, tenantId, (tx) => findDraft(tx, tenantId));
  return {
    groups: describeDifference(current.config, config, names),
    problems: problemsOf(config),
    revision,
    basedOn,
    routeVersion: current.number,
    overtakenBy: basedOn === current.number ? null : current.publishedBy,
  };
}
