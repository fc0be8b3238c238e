import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { describeDifference } from "./describe-difference.ts";
import { openJudge } from "./judge.ts";
import { parseVersion } from "./parse-version.ts";
import { readCurrentRoute } from "./read-current.ts";
import { type ReadRouteVersionInput, type RouteVersionDetailDto, readRouteVersionInput } from "./schemas.ts";
import { toRouteVersionDto } from "./to-dto.ts";

/** One published version, and what going back to it would change. Throws `not_found`. */
export async function readRouteVersion(
  context: ServiceContext,
  input: ReadRouteVersionInput,
): Promise<RouteVersionDetailDto> {
  authorize(context, "route:read");
  const { number } = parseInput(readRouteVersionInput, input);
  const { database, tenantId } = context;
  const { names, problemsOf } = await openJudge(context);
  const [current, [version, before]] = await withTenant(database, tenantId, async (tx) => [
    await readCurrentRoute(tx, tenantId),
    await tx.routeVersion.findMany({
      where: { tenantId, number: { in: [number, number - 1] } },
      orderBy: { number: "desc" },
    }),
  ]);
  if (version?.number !== number) throw noSuchVersion(number);
  const found = parseVersion(version);
  const earlier = before === undefined ? null : parseVersion(before);
  return {
    ...toRouteVersionDto(found, earlier, { current: current.number, names }),
    config: found.config,
    groups: describeDifference(current.config, found.config, names),
    problems: problemsOf(found.config),
  };
}

export function noSuchVersion(number: number): ServiceError {
  return new ServiceError("not_found", `There is no version ${number} of this tenant's routing.`);
}
