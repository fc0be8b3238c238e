import { withTenant } from "#lib/db/client.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { findDestinations } from "./find-destinations.ts";
import { toPeriod } from "./period.ts";
import { type DestinationList, type ListDestinationsInput, listDestinationsInput } from "./schemas.ts";

/** Every end that the tenant's calls went to in a period, with its counts. */
export async function listDestinations(
  context: ServiceContext,
  input: ListDestinationsInput,
): Promise<DestinationList> {
  authorize(context, "residency:read");
  const period = toPeriod(parseInput(listDestinationsInput, input));
  const { database, tenantId, platform } = context;
  const data = await withTenant(database, tenantId, (tx) => findDestinations(tx, tenantId, period, platform));
  const { from, to, interval } = period;
  return { from: from.toISOString(), to: to.toISOString(), interval, data };
}
