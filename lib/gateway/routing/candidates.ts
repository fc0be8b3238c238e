import type { ModelRef, Patience, Tier } from "../contract/catalog.ts";
import type { Connection, RoutingSnapshot } from "../contract/snapshot.ts";
import type { Work } from "./work.ts";

/** A model that a call may go to, the accounts that could serve it, in order, and why it stands where it does. */
export interface Candidate extends ModelRef {
  connections: readonly Connection[];
  reason: string;
  patience: Patience;
}

/** Where nobody has a word of their own: the tiers, and models named by the caller. */
const AS_USUAL: Patience = {};

/** What the tenant's mode offers for this work, in order, before anything is known of the request. */
export function findCandidates(snapshot: RoutingSnapshot, work: Work): Candidate[] {
  if (work.kind === "model") return namedByCaller(snapshot, work);
  const { slug } = work.fn;
  if (snapshot.mode === "platform-managed") return fromTier(snapshot, slug, "");
  const override = snapshot.ownChains.overrides.get(slug);
  const chain = override ?? snapshot.ownChains.fallback;
  const where = override === undefined ? "of the default chain" : `of ${slug}`;
  const own = chain.map(({ provider, model, connectionId, ...patience }, at) => ({
    provider,
    model,
    connections: ownConnections(snapshot, provider, connectionId),
    reason: `${at === 0 ? "first choice" : `fallback ${at}`} ${where}`,
    patience,
  }));
  // What is self-hosted stays at home, whatever else is configured.
  const hasFallback = snapshot.mode === "bring-your-own" && snapshot.hasPlatformFallback;
  return hasFallback ? [...own, ...fromTier(snapshot, slug, "last resort: ")] : own;
}

/** Which accounts a mode may use at all. Every candidate of every mode passes through here. */
export function isOfMode({ mode, hasPlatformFallback }: RoutingSnapshot, { owner, hosting }: Connection): boolean {
  switch (mode) {
    case "platform-managed":
      return owner === "platform";
    case "bring-your-own":
      return owner === "tenant" || hasPlatformFallback;
    case "self-hosted":
      return owner === "tenant" && hosting === "self-hosted";
  }
}

/** The tier that picks a function's models. */
export function tierOf({ tier, functionTiers }: RoutingSnapshot, slug: string): Tier {
  return functionTiers.get(slug) ?? tier;
}

function namedByCaller(snapshot: RoutingSnapshot, { provider, model }: Work & { kind: "model" }): Candidate[] {
  const own = ownConnections(snapshot, provider, null);
  const platform = platformConnections(snapshot, provider);
  return [{ provider, model, connections: [...own, ...platform], reason: "named by the caller", patience: AS_USUAL }];
}

function fromTier(snapshot: RoutingSnapshot, slug: string, prefix: string): Candidate[] {
  const tier = tierOf(snapshot, slug);
  const chain = snapshot.chains.get(slug)?.[tier] ?? [];
  return chain.map((ref, at) => ({
    ...ref,
    connections: platformConnections(snapshot, ref.provider),
    reason: `${prefix}${at === 0 ? "first choice" : `fallback ${at}`} of ${slug} in the ${tier} tier`,
    patience: AS_USUAL,
  }));
}

/** In the order of their priority: when one's key is refused or used up the next one's is tried. */
function ownConnections(
  snapshot: RoutingSnapshot,
  provider: string,
  connectionId: string | null,
): readonly Connection[] {
  return snapshot.connections.filter(
    (connection) =>
      connection.owner === "tenant" &&
      isOfMode(snapshot, connection) &&
      connection.provider === provider &&
      (connectionId === null || connection.id === connectionId),
  );
}

function platformConnections(snapshot: RoutingSnapshot, provider: string): readonly Connection[] {
  const { demoConnection } = snapshot;
  const found = snapshot.connections.filter(
    (connection) =>
      connection.owner === "platform" && isOfMode(snapshot, connection) && connection.provider === provider,
  );
  if (found.length > 0 || demoConnection === null || !isOfMode(snapshot, demoConnection)) return found;
  return [demoConnection];
}
