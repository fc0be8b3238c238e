import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { publishRoute } from "../route-versions/publish.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { readResidency } from "./read.ts";
import { type ChangeResidencyInput, changeResidencyInput, type ResidencyDto } from "./schemas.ts";

/**
 * Puts another rule in force at once, as a route version: a rule about safety waits for no draft, and what is missing
 * elsewhere does not hold it up. Throws `conflict` when somebody has published since `routeVersion`.
 */
export async function changeResidency(context: ServiceContext, input: ChangeResidencyInput): Promise<ResidencyDto> {
  authorize(context, "residency:write");
  const { residency, routeVersion, note } = parseInput(changeResidencyInput, input);
  const { database, tenantId } = context;
  await withTenant(database, tenantId, async (tx) => {
    const { config } = await readCurrentRoute(tx, tenantId);
    await publishRoute(tx, context, { config: { ...config, residency }, note, basedOn: routeVersion });
  });
  context.configChanged(tenantId);
  return readResidency(context);
}
