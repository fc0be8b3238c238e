import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import { assertPublishable, openJudge } from "../route-versions/judge.ts";
import { assertInForce, publishRoute } from "../route-versions/publish.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { readMode } from "./read.ts";
import { type ChangeModeInput, changeModeInput, type ModeDto } from "./schemas.ts";

/**
 * Publishes a route version with what is given, in force from the next call on. Throws `conflict`, and `invalid_request`
 * for what the change would leave missing.
 */
export async function changeMode(context: ServiceContext, input: ChangeModeInput): Promise<ModeDto> {
  authorize(context, "mode:write");
  const { routeVersion, note, functionTiers, ...given } = parseInput(changeModeInput, input);
  const { database, tenantId } = context;
  const judge = await openJudge(context);
  await withTenant(database, tenantId, async (tx) => {
    const current = await readCurrentRoute(tx, tenantId);
    assertInForce(current, routeVersion);
    const config = { ...current.config, ...given, ...mergedTiers(current.config, functionTiers) };
    assertPublishable(judge, config, { before: current.config });
    await publishRoute(tx, context, { config, note, basedOn: routeVersion });
  });
  context.configChanged(tenantId);
  return readMode(context);
}

type GivenTiers = NonNullable<ChangeModeInput["functionTiers"]> | undefined;

function mergedTiers(config: RouteConfig, given: GivenTiers): Pick<RouteConfig, "functionTiers"> {
  if (given === undefined) return {};
  const merged = Object.entries({ ...config.functionTiers, ...given });
  return { functionTiers: Object.fromEntries(merged.flatMap(([slug, tier]) => (tier === null ? [] : [[slug, tier]]))) };
}
