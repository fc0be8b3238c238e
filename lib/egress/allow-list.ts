import { type Address, isWithin, parseAddress, parseNetwork } from "./address.ts";
import { type AddressClass, classOf, ipv4Inside } from "./classify-address.ts";
import { isHostName, matchesHost } from "./host-name.ts";

/** What the operator lets tenants reach although it is not public. */
export interface AllowList {
  /** Lower case; `*.example.com` is every host below example.com. */
  hosts: readonly string[];
  /** CIDRs and single addresses. */
  networks: readonly string[];
}

export const NOTHING_ALLOWED: AllowList = { hosts: [], networks: [] };

/** Comma-separated CIDRs, addresses and hosts; or what is wrong, entry by entry, as the rest of a sentence. */
export function parseAllowList(
  text: string,
): { allow: AllowList; problems: null } | { allow: null; problems: string[] } {
  const entries = text.split(",").map((entry) => entry.trim().toLowerCase());
  const problems = entries.flatMap((entry, index) => {
    const problem = problemOf(entry);
    return problem === null ? [] : [`must hold CIDRs, addresses and hosts: entry ${index + 1} ${problem}`];
  });
  if (problems.length > 0) return { allow: null, problems };
  const isNetwork = (entry: string) => parseNetwork(entry) !== null;
  return {
    allow: { hosts: entries.filter((entry) => !isNetwork(entry)), networks: entries.filter(isNetwork) },
    problems: null,
  };
}

/** Where a listed host may be. Anything else has to be listed by its address, which no name's owner can change. */
const REACHED_BY_NAME: readonly AddressClass[] = ["public", "private", "loopback"];

/** Whether the operator has listed the destination. A metadata address only counts as listed by itself. */
export function isListed({ hosts, networks }: AllowList, host: string, address: Address): boolean {
  const kind = classOf(address);
  if (kind === "metadata") return isWithin(address, networks.filter(isSingleAddress));
  if (REACHED_BY_NAME.includes(kind) && matchesHost(hosts, host)) return true;
  if (!isWithin(address, networks)) return false;
  // Such a network holds every IPv4 address there is: the one inside has to be fit by itself.
  const inside = ipv4Inside(address);
  return inside === null || classOf(inside) === "public" || isListed({ hosts: [], networks }, "", inside);
}

function isSingleAddress(text: string): boolean {
  const { version, prefixBits } = parseNetwork(text) ?? { version: 4, prefixBits: 0 };
  return prefixBits === (version === 4 ? 32 : 128);
}

function problemOf(entry: string): string | null {
  if (entry === "") return "is empty";
  if (parseNetwork(entry) !== null) return null;
  if (entry.includes("://")) return "is a URL: give the host alone, without scheme, port and path";
  const [base = ""] = entry.split("/");
  if (parseAddress(base) !== null) {
    return "is no network: write it like 10.0.0.0/8 or fd00::/8, with no bits set past the prefix";
  }
  return isHostName(entry.replace(/^\*\./, "")) ? null : "is neither a CIDR, nor an address, nor a host";
}
