import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import type { ConnectionUse } from "./schemas.ts";
import type { StoredConnection } from "./stored.ts";

/** Which chains of the route lose a target without this connection: it is named, or the only one at its provider. */
export function findUse(
  config: RouteConfig,
  { id, provider }: Pick<StoredConnection, "id" | "provider">,
  all: readonly Pick<StoredConnection, "id" | "provider" | "isEnabled">[],
): ConnectionUse {
  const isOnly = !all.some((other) => other.id !== id && other.provider === provider && other.isEnabled);
  const goesToIt = (chain: readonly TargetRef[]) =>
    chain.some((ref) => ref.connectionId === id || (ref.connectionId === null && ref.provider === provider && isOnly));
  const overrides = Object.entries(config.overrides ?? {}).filter(([, chain]) => goesToIt(chain));
  return { functions: overrides.map(([slug]) => slug), isInDefaultChain: goesToIt(config.chain ?? []) };
}

/** "email-classification and the default chain"; null: no chain goes to it. */
export function describeUse({ functions, isInDefaultChain }: ConnectionUse): string | null {
  const parts = [...functions, ...(isInDefaultChain ? ["the default chain"] : [])];
  const last = parts.pop();
  if (last === undefined) return null;
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
