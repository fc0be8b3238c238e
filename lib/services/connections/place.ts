import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import { cloudAt } from "#lib/providers/registry/cloud-hosts.ts";
import type { ProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveBaseUrl } from "#lib/providers/registry/resolve-account.ts";

type Fields = Readonly<Record<string, string>>;
type Place = Pick<Connection, "provider" | "hosting" | "regions" | "host">;

/**
 * Where an account is: what routing and egress need to know of it, and no secret is needed for. Regions in lower case,
 * as residency's rule names them.
 */
export function placeOf(entry: ProviderEntry, fields: Fields, enteredRegions: readonly string[]): Place {
  const host = hostOf(resolveBaseUrl(entry, fields));
  return {
    provider: entry.id,
    // A cloud that is entered as a server of one's own is a cloud still.
    hosting: cloudAt(host) === null ? entry.hosting : "cloud",
    // Both have to be allowed where regions are: neither the field nor the tenant's word makes up for the other.
    regions: [...new Set([...regionsOf(fields), ...enteredRegions].map((region) => region.toLowerCase()))],
    host,
  };
}

/** Where an account runs, as far as its fields say. */
function regionsOf({ region, location }: Fields): string[] {
  return [region ?? location].filter((place) => place !== undefined);
}

/** In lower case; an IPv6 address without its brackets, as it is connected to. */
export function hostOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/^\[|\]$/g, "") ?? "";
}
