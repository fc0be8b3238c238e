import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { publishRoute } from "../route-versions/publish.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { readMode } from "./read.ts";
import { type ChangeModeInput, changeModeInput, type ModeDto } from "./schemas.ts";

/** Publishes a route version with what is given, in force from the next call on. Throws `conflict`. */
export async function changeMode(context: ServiceContext, input: ChangeModeInput): Promise<ModeDto> {
  authorize(context, "mode:write");
  const { tier, canRetryFiltered, routeVersion, note } = parseInput(changeModeInput, input);
  const { database, tenantId } = context;
  await withTenant(database, tenantId, async (tx) => {
    const { config } = await readCurrentRoute(tx, tenantId);
    const changed = { ...config, ...(tier && { tier }), ...(canRetryFiltered !== undefined && { canRetryFiltered }) };
    await publishRoute(tx, context, { config: changed, note, basedOn: routeVersion });
  });
  context.configChanged(tenantId);
  return readMode(context);
}
