import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { providerName } from "../provider-name.ts";
import { modelName } from "../route-versions/names.ts";
import { toPeriod } from "./period.ts";
import { type ListRejectionsInput, listRejectionsInput, type RejectionList } from "./schemas.ts";

/** Every target that residency kept calls from in a period, with the reason and how many calls, most first. */
export async function listRejections(context: ServiceContext, input: ListRejectionsInput): Promise<RejectionList> {
  authorize(context, "residency:read");
  const { from, to } = toPeriod(parseInput(listRejectionsInput, input));
  const { database, tenantId, catalog } = context;
  const groups = await withTenant(database, tenantId, (tx) =>
    tx.rejectionHourly.groupBy({
      by: ["functionSlug", "provider", "model", "reason"],
      where: { tenantId, hour: { gte: from, lt: to } },
      _sum: { calls: true },
      orderBy: [{ _sum: { calls: "desc" } }, { functionSlug: "asc" }, { provider: "asc" }, { model: "asc" }],
    }),
  );
  const data = groups.map(({ functionSlug, provider, model, reason, _sum }) => ({
    functionSlug: functionSlug === "" ? null : functionSlug,
    provider,
    providerName: providerName(provider),
    model,
    modelName: modelName({ catalog }, provider, model),
    reason,
    calls: _sum.calls ?? 0,
  }));
  return { from: from.toISOString(), to: to.toISOString(), data };
}
