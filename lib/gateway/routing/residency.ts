import type { Connection, Residency } from "../contract/snapshot.ts";

/** Why a destination is outside of where the tenant's calls may go; null: it is inside. What is not known is refused. */
export function residencyReason(residency: Residency | null, { host, regions, provider }: Connection): string | null {
  if (residency === null || residency.hosts.includes(host)) return null;
  if (regions.length === 0) return `it is not known where ${provider} runs it`;
  const outside = regions.filter((region) => !residency.regions.includes(region));
  return outside.length === 0 ? null : `it runs in ${outside.join(", ")}, outside of the allowed regions`;
}
