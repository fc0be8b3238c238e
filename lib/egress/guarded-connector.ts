import { ADDRCONFIG, type LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import type { AllowList } from "./allow-list.ts";
import { type Destination, type EgressRule, mayConnect } from "./rule.ts";

/** Every address of a host. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export interface Guard {
  allow: AllowList;
  resolve: Resolve;
}

/** As a connection resolves by itself. */
export const resolveBySystem: Resolve = (host) => lookup(host, { all: true, hints: ADDRCONFIG });

export const EGRESS_REFUSED = "EGRESS_REFUSED";

/** A connection that its rule does not allow, before any of it was made. The message is for the caller. */
class EgressRefused extends Error {
  readonly code = EGRESS_REFUSED;

  constructor(reason: string) {
    super(reason);
    this.name = "EgressRefused";
  }
}

/**
 * Connects to one origin under a rule. A host is resolved once, every address it has is held against the rule, and the
 * connection goes to one of exactly these; one that is refused refuses them all. TLS still asks for the host by name.
 */
export function guardedConnector(
  origin: URL,
  rule: EgressRule,
  { allow, resolve }: Guard,
  timeoutMs: number,
): buildConnector.connector {
  const isEncrypted = origin.protocol === "https:";
  const port = origin.port === "" ? (isEncrypted ? 443 : 80) : Number(origin.port);
  const assertAllowed = (to: Destination, address: string) => {
    const verdict = mayConnect(rule, to, address, allow);
    if (!verdict.isAllowed) throw new EgressRefused(verdict.reason);
  };
  const resolveAllowed = async (host: string) => {
    const addresses = await resolve(host);
    if (addresses.length === 0) throw Object.assign(new Error(`${host} has no address.`), { code: "ENOTFOUND" });
    for (const { address } of addresses) assertAllowed({ host, port, isEncrypted }, address);
    return [...addresses];
  };
  const connect = buildConnector({ timeout: timeoutMs, lookup: asLookup(resolveAllowed) });
  return (options, callback) => {
    const { hostname } = options;
    // An address is never looked up.
    if (isIP(hostname) !== 0) {
      try {
        assertAllowed({ host: hostname, port, isEncrypted }, hostname);
      } catch (error) {
        process.nextTick(callback, error as Error, null);
        return;
      }
    }
    connect(options, callback);
  };
}

function asLookup(resolveAllowed: (host: string) => Promise<LookupAddress[]>): LookupFunction {
  return (host, { all }, callback) => {
    resolveAllowed(host).then(
      (addresses) => {
        const [{ address, family }] = addresses as [LookupAddress];
        if (all) callback(null, addresses);
        else callback(null, address, family);
      },
      (error) => callback(error, []),
    );
  };
}
