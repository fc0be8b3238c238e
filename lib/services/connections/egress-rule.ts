import { type EgressRule, PUBLIC } from "#lib/egress/rule.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import { residencyReason } from "#lib/gateway/routing/residency.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import { hostOf } from "./place.ts";

type Place = Pick<Connection, "provider" | "hosting" | "regions" | "host">;

/** Any address at all: it is the host that the rule is about. */
const ANY_NETWORK = ["0.0.0.0/0", "::/0"];

/**
 * Mode and residency as the rule that the transport holds against every connection it opens for this account. A server
 * of the tenant's own is reached at its host and nowhere else; in self-hosted mode nothing else is reached at all.
 */
export function egressRuleOf(place: Place, { mode, residency = null }: RouteConfig): EgressRule {
  const { hosting, host, provider } = place;
  const isAtHome = mode === "self-hosted";
  const isInside = residencyReason(residency, place) === null && !(isAtHome && hosting === "cloud");
  const isFree = residency === null && !isAtHome;
  if (isFree && hosting === "cloud") return PUBLIC;
  const name = isAtHome ? "self-hosted mode" : isFree ? "self-hosted servers" : "residency";
  const hosts = isInside ? [host, ...(TOKEN_HOSTS[provider] ?? [])] : [];
  return { kind: "listed", name, hosts, networks: ANY_NETWORK, enteredBy: "tenant" };
}

/** Where an account's credentials are exchanged for a token. */
const TOKEN_HOSTS: Readonly<Record<string, readonly string[]>> = { vertex: [hostOf("https://oauth2.googleapis.com")] };
