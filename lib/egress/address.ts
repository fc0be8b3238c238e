import { isIPv4, isIPv6 } from "node:net";

export interface Address {
  version: 4 | 6;
  value: bigint;
}

export interface Network {
  version: 4 | 6;
  first: bigint;
  prefixBits: number;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** What may be an IPv4 address the way inet_aton reads it: `127.1`, `0x7f000001`, `017700000001`, `2130706433`. */
const OLD_SPELLING = /^[0-9a-fx]+(\.[0-9a-fx]+){0,3}$/i;

/** An IP address in any spelling that some resolver takes, as the number it stands for; null: none at all. */
export function parseAddress(text: string): Address | null {
  // A zone says through which interface, never where.
  const [withoutZone = ""] = text.split("%", 1);
  if (isIPv6(withoutZone)) return { version: 6, value: readIpv6(withoutZone) };
  if (text !== withoutZone || !OLD_SPELLING.test(text)) return null;
  // The URL standard reads them as inet_aton does, which is how a connection would.
  const canonical = isIPv4(text) ? text : (URL.parse(`http://${text}`)?.hostname ?? "");
  return isIPv4(canonical) ? { version: 4, value: readIpv4(canonical) } : null;
}

/** `10.0.0.0/8`, `fd00::/8` or a single address; null when it is none, or has bits set past its prefix. */
export function parseNetwork(text: string): Network | null {
  const [base = "", prefix, ...rest] = text.split("/");
  const version = isIPv4(base) ? 4 : isIPv6(base) && !base.includes("%") ? 6 : null;
  if (version === null || rest.length > 0) return null;
  const prefixBits = prefix === undefined ? WIDTH[version] : readPrefix(prefix);
  if (!(prefixBits <= WIDTH[version])) return null;
  const first = version === 4 ? readIpv4(base) : readIpv6(base);
  const hostBits = BigInt(WIDTH[version] - prefixBits);
  return (first >> hostBits) << hostBits === first ? { version, first, prefixBits } : null;
}

/** For tables in code: throws where the text is no network. */
export function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (parsed === null) throw new Error(`${text} is no network.`);
  return parsed;
}

export function contains({ version, first, prefixBits }: Network, address: Address): boolean {
  if (version !== address.version) return false;
  const hostBits = BigInt(WIDTH[version] - prefixBits);
  return address.value >> hostBits === first >> hostBits;
}

/** Whether any of the networks, given as text, holds the address. One that cannot be read holds nothing. */
export function isWithin(address: Address, networks: readonly string[]): boolean {
  return networks.some((text) => {
    const parsed = parseNetwork(text);
    return parsed !== null && contains(parsed, address);
  });
}

function readPrefix(text: string): number {
  return /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : Number.NaN;
}

function readIpv4(text: string): bigint {
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readIpv6(text: string): bigint {
  // The URL standard's form has no dotted tail and at most one "::".
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head = "", tail = ""] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === "" ? [] : tail.split(":");
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
