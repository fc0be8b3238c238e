import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { findDraft } from "./find-draft.ts";
import { openJudge } from "./judge.ts";
import type { RouteDraftDto } from "./schemas.ts";

/** What the tenant's people are working on, with its problems; a copy of what is in force while it is nothing. */
export async function readDraft(context: ServiceContext): Promise<RouteDraftDto> {
  authorize(context, "route:read");
  const { database, tenantId } = context;
  const judge = await openJudge(context);
  const draft = await withTenant(database, tenantId, (tx) => findDraft(tx, tenantId));
  const { current, touched, config, basedOn, revision, isUntouched } = draft;
  return {
    config,
    basedOn,
    revision,
    isUntouched,
    updatedBy: isUntouched ? null : (touched?.by ?? null),
    updatedAt: isUntouched ? null : (touched?.at.toISOString() ?? null),
    published: {
      number: current.number,
      publishedBy: current.publishedBy,
      publishedAt: current.publishedAt.toISOString(),
    },
    problems: judge.problemsOf(config),
    usualPatience: judge.usualPatience,
  };
}
