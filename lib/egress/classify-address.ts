import { type Address, contains, type Network, network, parseAddress } from "./address.ts";

export type AddressClass =
  | "public"
  | "loopback"
  | "private"
  | "link-local"
  | "metadata"
  | "multicast"
  | "ipv4-in-ipv6"
  | "reserved";

/** Where clouds hand out credentials and configuration to whoever asks from inside, by their own documentation. */
export const METADATA_ADDRESSES: Readonly<Record<string, string>> = {
  "169.254.169.254": "AWS, Google Cloud, Azure, Oracle Cloud, DigitalOcean, OpenStack and most others",
  "fd00:ec2::254": "AWS EC2 instance metadata over IPv6",
  "169.254.170.2": "AWS ECS task credentials",
  "169.254.170.23": "AWS EKS Pod Identity agent",
  "fd00:ec2::23": "AWS EKS Pod Identity agent over IPv6",
  "fd20:ce::254": "Google Compute Engine, IPv6-only instances",
  "168.63.129.16": "Azure WireServer, in the range of public addresses",
  "fd00:c1::a9fe:a9fe": "Oracle Cloud Infrastructure over IPv6",
  "192.0.0.192": "Oracle Cloud Infrastructure Classic",
  "100.100.100.200": "Alibaba Cloud, in the range of carriers' private addresses",
  "fd00:100::100:200": "Alibaba Cloud over IPv6",
  "169.254.0.23": "Tencent Cloud",
  "169.254.42.42": "Scaleway",
  "fd00:42::42": "Scaleway over IPv6",
  "fd00:a9fe:a9fe::1": "Linode over IPv6",
  "fe80::a9fe:a9fe": "OpenStack over IPv6",
};

const METADATA = Object.keys(METADATA_ADDRESSES).map(network);

/**
 * IPv6 addresses that some host or gateway turns into an IPv4 destination, and how far the IPv4 address stands from
 * the right; null: it depends on the site. RFC 4291 (compatible, mapped), 2765, 6052, 8215, 3056 (6to4).
 */
const IPV4_INSIDE: readonly (readonly [Network, bigint | null])[] = [
  [network("::/96"), 0n],
  [network("::ffff:0:0/96"), 0n],
  [network("::ffff:0:0:0/96"), 0n],
  [network("64:ff9b::/96"), 0n],
  [network("64:ff9b:1::/48"), null],
  [network("2002::/16"), 80n],
];

/** Teredo (RFC 4380) keeps the client's IPv4 address at the end, with every bit turned over. */
const TEREDO = network("2001::/32");

const LOW_32_BITS = 0xffff_ffffn;

/** 0.0.0.0 and :: reach this machine on Linux. */
const LOOPBACK = ["127.0.0.0/8", "0.0.0.0", "::1", "::"].map(network);

/** IANA's special-purpose registries; the first match counts. */
const SPECIAL: readonly (readonly [AddressClass, readonly Network[]])[] = [
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"].map(network)],
  ["link-local", ["169.254.0.0/16", "fe80::/10"].map(network)],
  ["multicast", ["224.0.0.0/4", "ff00::/8"].map(network)],
  [
    "reserved",
    [
      "0.0.0.0/8",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "240.0.0.0/4",
      "2001::/23",
      "2001:db8::/32",
      "3fff::/20",
    ].map(network),
  ],
];

/** All that is handed out for the internet at large; whatever lies outside is refused before it is known. */
const GLOBAL_IPV6 = network("2000::/3");

/** What kind of place an address is, in whatever spelling. What is no address is "reserved": nobody may go there. */
export function classifyAddress(text: string): AddressClass {
  const address = parseAddress(text);
  return address === null ? "reserved" : classOf(address);
}

export function classOf(address: Address): AddressClass {
  const isIn = (networks: readonly Network[]) => networks.some((one) => contains(one, address));
  if (isIn(METADATA)) return "metadata";
  if (isIn(LOOPBACK)) return "loopback";
  if (hidesIpv4(address)) return "ipv4-in-ipv6";
  const special = SPECIAL.find(([, networks]) => isIn(networks));
  if (special !== undefined) return special[0];
  return address.version === 4 || contains(GLOBAL_IPV6, address) ? "public" : "reserved";
}

/** The IPv4 address inside an IPv6 one; null: there is none, or where it stands is the site's own affair. */
export function ipv4Inside(address: Address): Address | null {
  if (contains(TEREDO, address)) return { version: 4, value: ~address.value & LOW_32_BITS };
  if (isIsatap(address)) return { version: 4, value: address.value & LOW_32_BITS };
  const shift = IPV4_INSIDE.find(([prefix]) => contains(prefix, address))?.[1] ?? null;
  return shift === null ? null : { version: 4, value: (address.value >> shift) & LOW_32_BITS };
}

function hidesIpv4(address: Address): boolean {
  return ipv4Inside(address) !== null || IPV4_INSIDE.some(([prefix]) => contains(prefix, address));
}

/** RFC 5214: any prefix, then an interface identifier of 0000:5efe or 0200:5efe and the IPv4 address. */
function isIsatap({ version, value }: Address): boolean {
  const identifier = (value >> 32n) & LOW_32_BITS;
  return version === 6 && (identifier === 0x0000_5efen || identifier === 0x0200_5efen);
}
