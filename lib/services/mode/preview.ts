import { withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { openJudge } from "../route-versions/judge.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { toRouting } from "../route-versions/to-routing.ts";
import { compareFunctions } from "./compare-functions.ts";
import { describeConsequences } from "./describe-consequences.ts";
import { type ModePreviewDto, type PreviewModeInput, previewModeInput } from "./schemas.ts";

/** What putting another mode in force would mean, were nothing else changed: routes, payment, what leaves the network. */
export async function previewMode(context: ServiceContext, input: PreviewModeInput): Promise<ModePreviewDto> {
  authorize(context, "mode:read");
  const { mode } = parseInput(previewModeInput, input);
  const { database, tenantId, catalog } = context;
  const judge = await openJudge(context);
  const published = await context.routing();
  const { config, number } = await withTenant(database, tenantId, (tx) => readCurrentRoute(tx, tenantId));
  const before: RoutingSnapshot = { ...published, ...toRouting(config) };
  const after: RoutingSnapshot = { ...published, ...toRouting({ ...config, mode }) };
  const functions = compareFunctions(catalog, before, after);
  return {
    from: config.mode,
    to: mode,
    routeVersion: number,
    functions: functions.map(({ row }) => row),
    ...describeConsequences(functions, mode),
    problems: judge.problemsOf({ ...config, mode }),
  };
}
