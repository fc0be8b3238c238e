const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A DNS name in lower case and ASCII, without a trailing dot. One that ends in a number would be an address. */
export function isHostName(text: string): boolean {
  const labels = text.split(".");
  return (
    text.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")
  );
}

/** Names that only a private network answers for (RFC 6761, 6762, 8375, ICANN's .internal). */
const LOCAL_SUFFIX = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

export function isLocalName(host: string): boolean {
  return !host.includes(".") || LOCAL_SUFFIX.test(host);
}

/** `*.example.com` stands for every host below example.com, and not for example.com. */
export function matchesHost(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase();
  return patterns.some((pattern) => (pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) : name === pattern));
}
