import type { Connection, Residency } from "../contract/snapshot.ts";
import { isPassedOn, placesInName } from "./model-places.ts";

type Place = Pick<Connection, "provider" | "host" | "regions">;

/** Why an account is outside of where the tenant's calls may go; null: it is inside. What is not known is refused. */
export function residencyReason(residency: Residency | null, { host, regions, provider }: Place): string | null {
  if (residency === null || residency.hosts.includes(host)) return null;
  if (regions.length === 0) return `it is not known where ${provider} runs it`;
  const outside = regions.filter((region) => !residency.regions.includes(region));
  return outside.length === 0 ? null : `it runs in ${outside.join(", ")}, outside of the allowed regions`;
}

/**
 * The same of one model at the account, which can run in more places than the account does. One that a server of one's
 * own only passes on is nowhere inside, even without a rule: the record would name that server as where the call went.
 */
export function modelResidencyReason(
  residency: Residency | null,
  account: Place & Pick<Connection, "hosting">,
  model: string,
): string | null {
  if (isPassedOn(account.hosting, model)) return "its server does not run it, but passes it on to a cloud";
  if (residency === null) return null;
  return residencyReason(residency, { ...account, regions: regionsOf(account, model) });
}

/** Where a model at an account runs; empty: not known. */
export function regionsOf({ provider, regions }: Omit<Place, "host">, model: string): readonly string[] {
  const places = placesInName(provider, model);
  if (places === null || regions.length === 0) return [];
  return places.length === 0 ? regions : [...new Set([...regions, ...places])];
}
