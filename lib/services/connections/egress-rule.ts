import { type EgressRule, PUBLIC } from "#lib/egress/rule.ts";
import type { Mode } from "#lib/gateway/contract/catalog.ts";
import type { Connection, Residency } from "#lib/gateway/contract/snapshot.ts";
import { residencyReason } from "#lib/gateway/routing/residency.ts";
import { hostOf } from "./place.ts";

/** What of a tenant's routing says where its connections may go. */
export interface EgressPolicy {
  mode: Mode;
  residency: Residency | null;
  /** The hosts of the tenant's own servers. */
  selfHostedHosts: readonly string[];
}

type Place = Pick<Connection, "provider" | "hosting" | "regions" | "host">;

/** Any address at all: it is the host that the rule is about. */
const ANY_NETWORK = ["0.0.0.0/0", "::/0"];

/**
 * Mode and residency as the rule that the transport holds against every connection it opens for this account. A server
 * of the tenant's own is reached at its host and nowhere else; in self-hosted mode nothing else is reached at all.
 */
export function egressRuleOf(place: Place, { mode, residency, selfHostedHosts }: EgressPolicy): EgressRule {
  const { hosting, host } = place;
  const isInside = residencyReason(residency, place as Connection) === null;
  if (mode === "self-hosted") {
    const reachable = hosting === "self-hosted" ? [host] : selfHostedHosts;
    return listed("self-hosted mode", isInside ? reachable : []);
  }
  if (residency !== null) return listed("residency", isInside ? [host, ...(TOKEN_HOSTS[place.provider] ?? [])] : []);
  return hosting === "self-hosted" ? listed("self-hosted servers", [host]) : PUBLIC;
}

/** Where an account's credentials are exchanged for a token. */
const TOKEN_HOSTS: Readonly<Record<string, readonly string[]>> = { vertex: [hostOf("https://oauth2.googleapis.com")] };

function listed(name: string, hosts: readonly string[]): EgressRule {
  return { kind: "listed", name, hosts: [...hosts], networks: ANY_NETWORK, enteredBy: "tenant" };
}
