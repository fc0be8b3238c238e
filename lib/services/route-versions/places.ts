import { isHostName } from "#lib/egress/host-name.ts";

/** Regions and hosts as people write them: once each and in one spelling, so that they compare. */
export function toPlaces(texts: readonly string[]): string[] {
  return [...new Set(texts.map(toPlace))].sort();
}

function toPlace(text: string): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^\[|[\].]$/g, "");
  return toAddress(plain) ?? plain;
}

/** Whether a connection could ever be to a host of this spelling. */
export function isReachable(host: string): boolean {
  return isHostName(host) || toAddress(host) === host;
}

/** An address in the URL standard's spelling, which is the one that is connected to; null: it is none. */
function toAddress(text: string): string | null {
  if (text.includes(":")) return URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) ?? null;
  return /^[\d.]+$/.test(text) && URL.parse(`http://${text}`)?.hostname === text ? text : null;
}
