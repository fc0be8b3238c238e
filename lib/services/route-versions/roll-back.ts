import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { assertPublishable, openJudge } from "./judge.ts";
import { parseVersion } from "./parse-version.ts";
import { assertInForce, publishRoute } from "./publish.ts";
import { noSuchVersion, readRouteVersion } from "./read.ts";
import { readCurrentRoute } from "./read-current.ts";
import { type RollBackInput, type RouteVersionDetailDto, rollBackInput } from "./schemas.ts";

/**
 * Publishes an earlier version once more, as the next one. Throws `conflict` when somebody has published since
 * `routeVersion`, `invalid_request` when something that it names is there no more, `not_found`.
 */
export async function rollBackRoute(context: ServiceContext, input: RollBackInput): Promise<RouteVersionDetailDto> {
  authorize(context, "route:write");
  const { number, routeVersion, note } = parseInput(rollBackInput, input);
  const { database, tenantId } = context;
  const judge = await openJudge(context);
  const published = await withTenant(database, tenantId, async (tx) => {
    const current = await readCurrentRoute(tx, tenantId);
    assertInForce(current, routeVersion);
    const row = await tx.routeVersion.findUnique({ where: { tenantId_number: { tenantId, number } } });
    if (row === null) throw noSuchVersion(number);
    if (number === current.number) throw new ServiceError("invalid_request", `Version ${number} is in force already.`);
    const { config } = parseVersion(row);
    assertPublishable(judge, config, { refusal: `Version ${number} cannot be put in force again as it is.` });
    const said = note === "" ? `Back to version ${number}` : note;
    return publishRoute(tx, context, { config, note: said, basedOn: routeVersion });
  });
  context.configChanged(tenantId);
  return readRouteVersion(context, { number: published });
}
