import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { publishRoute } from "../route-versions/publish.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { readMode } from "./read.ts";
import { type ChangeTierInput, changeTierInput, type ModeDto } from "./schemas.ts";

/** Publishes a route version with another tier, in force from the next call on. Throws `conflict`. */
export async function changeTier(context: ServiceContext, input: ChangeTierInput): Promise<ModeDto> {
  authorize(context, "mode:write");
  const { tier, routeVersion, note } = parseInput(changeTierInput, input);
  const { database, tenantId } = context;
  await withTenant(database, tenantId, async (tx) => {
    const { config } = await readCurrentRoute(tx, tenantId);
    await publishRoute(tx, context, { config: { ...config, tier }, note, basedOn: routeVersion });
  });
  context.configChanged(tenantId);
  return readMode(context);
}
