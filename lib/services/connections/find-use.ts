import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "../route-versions/config.ts";
import type { ConnectionUse } from "./schemas.ts";
import type { StoredConnection } from "./stored.ts";

type One = Pick<StoredConnection, "id" | "provider">;
type IsIt = (ref: TargetRef) => boolean;

/** Which chains of the route lose a target without this connection. */
export function findUse(
  config: RouteConfig,
  row: One,
  all: readonly (One & Pick<StoredConnection, "isEnabled">)[],
): ConnectionUse {
  return findChains(config, servedOnlyBy(row, all));
}

/** Targets that nothing else serves: the connection is named, or the only one at its provider. */
export function servedOnlyBy({ id, provider }: One, all: readonly (One & Pick<StoredConnection, "isEnabled">)[]): IsIt {
  const isOnly = !all.some((other) => other.id !== id && other.provider === provider && other.isEnabled);
  return (ref) => ref.connectionId === id || (ref.connectionId === null && ref.provider === provider && isOnly);
}

/** The chains that hold such a target. */
export function findChains(config: RouteConfig, isIt: IsIt): ConnectionUse {
  const overrides = Object.entries(config.overrides ?? {}).filter(([, chain]) => chain.some(isIt));
  return { functions: overrides.map(([slug]) => slug), isInDefaultChain: (config.chain ?? []).some(isIt) };
}

/** "email-classification and the default chain"; null: no chain goes to it. */
export function describeUse({ functions, isInDefaultChain }: ConnectionUse): string | null {
  const parts = [...functions, ...(isInDefaultChain ? ["the default chain"] : [])];
  const last = parts.pop();
  if (last === undefined) return null;
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
