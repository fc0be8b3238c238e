import { isWithin, parseAddress } from "./address.ts";
import { type AllowList, isListed } from "./allow-list.ts";
import { type AddressClass, classOf } from "./classify-address.ts";
import { matchesHost } from "./host-name.ts";
import { isHttpPort } from "./port.ts";

/**
 * Where a request may go. `operator`: wherever the operator's own accounts are. `public`: an address that a tenant
 * entered, in the open internet or on the operator's allow list. `listed`: these hosts inside these networks and nothing
 * else; empty lists let nothing through, and `0.0.0.0/0` with `::/0` are any network. Where a tenant entered the
 * address, `public` holds besides.
 */
export type EgressRule =
  | { kind: "operator" }
  | { kind: "public" }
  | {
      kind: "listed";
      /** What a refusal calls the rule, e.g. "self-hosted mode". */
      name: string;
      /** Lower case; `*.example.com` is every host below example.com. */
      hosts: readonly string[];
      /** CIDRs and single addresses. */
      networks: readonly string[];
      enteredBy: "operator" | "tenant";
    };

export const OPERATOR: EgressRule = { kind: "operator" };
export const PUBLIC: EgressRule = { kind: "public" };

/** The end that a connection is about to be made to. */
export interface Destination {
  host: string;
  port: number;
  isEncrypted: boolean;
}

/** `reason` is one sentence for the caller: it names the rule and no address. */
export type Verdict = { isAllowed: true } | { isAllowed: false; reason: string };

const ALLOWED: Verdict = { isAllowed: true };

/** Whether a connection to this host at this resolved address may be made. What cannot be read is refused. */
export function mayConnect(rule: EgressRule, to: Destination, address: string, allow: AllowList): Verdict {
  if (rule.kind === "operator") return ALLOWED;
  const problem = rule.kind === "public" ? unfit(to, address, allow) : outside(rule, to, address, allow);
  if (problem === null) return ALLOWED;
  const name = rule.kind === "public" ? "for addresses that tenants enter" : `of ${rule.name}`;
  return { isAllowed: false, reason: `The egress rule ${name} refuses this connection: ${problem}.` };
}

function outside(
  { hosts, networks, enteredBy }: Extract<EgressRule, { kind: "listed" }>,
  to: Destination,
  text: string,
  allow: AllowList,
): string | null {
  const address = parseAddress(text);
  if (!matchesHost(hosts, to.host)) return "its host is not among those that may be reached";
  if (address === null || !isWithin(address, networks)) return "its host is outside the networks that may be reached";
  return enteredBy === "tenant" ? unfit(to, text, allow) : null;
}

const WORDS = {
  loopback: "an address of this machine",
  private: "a private address",
  "link-local": "a link-local address",
  metadata: "a cloud's metadata address",
  multicast: "a multicast address",
  "ipv4-in-ipv6": "an IPv4 address inside an IPv6 one",
  reserved: "a reserved address",
} as const satisfies Record<Exclude<AddressClass, "public">, string>;

const NOT_ALLOWED = "which the operator has not allowed (SWITCHYARD_EGRESS_ALLOW)";

/** What speaks against an address that a tenant entered. */
function unfit({ host, port, isEncrypted }: Destination, text: string, allow: AllowList): string | null {
  if (!isHttpPort(port)) return "its port belongs to another protocol than HTTP";
  const address = parseAddress(text);
  if (address === null) return "its address cannot be read";
  if (isListed(allow, host, address)) return null;
  const kind = classOf(address);
  if (kind !== "public") return `its host is at ${WORDS[kind]}, ${NOT_ALLOWED}`;
  return isEncrypted ? null : `it is plain HTTP, ${NOT_ALLOWED}`;
}
