import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { openJudge } from "./judge.ts";
import { parseVersion } from "./parse-version.ts";
import { readCurrentRoute } from "./read-current.ts";
import { type ListRouteVersionsInput, listRouteVersionsInput, type RouteVersionPage } from "./schemas.ts";
import { toRouteVersionDto } from "./to-dto.ts";

/** The tenant's published versions, newest first, a page at a time. */
export async function listRouteVersions(
  context: ServiceContext,
  input: ListRouteVersionsInput,
): Promise<RouteVersionPage> {
  authorize(context, "route:read");
  const { limit, cursor } = parseInput(listRouteVersionsInput, input);
  const { database, tenantId } = context;
  const { names } = await openJudge(context);
  const { current, rows } = await withTenant(database, tenantId, async (tx) => ({
    current: await readCurrentRoute(tx, tenantId),
    rows: await tx.routeVersion.findMany({
      where: { tenantId, ...(cursor !== undefined && { number: { lt: cursor } }) },
      orderBy: { number: "desc" },
      // One more than the page: what its last one changed is told by the one before.
      take: limit + 1,
    }),
  }));
  const versions = rows.map(parseVersion);
  const data = versions
    .slice(0, limit)
    .map((version, at) => toRouteVersionDto(version, versions[at + 1] ?? null, { current: current.number, names }));
  return { data, nextCursor: versions.length > limit ? String(data.at(-1)?.number) : null };
}
