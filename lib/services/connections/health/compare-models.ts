import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "../../route-versions/config.ts";
import { findChains } from "../find-use.ts";
import type { HealthDto } from "./schemas.ts";

interface Known {
  /** What the server last said that it has; null: not known. */
  has: readonly string[] | null;
  /** What was taken over when its models were discovered. */
  discovered: readonly string[];
  /** The targets of the route's chains that only this server serves. */
  isOnlyHere: (ref: TargetRef) => boolean;
}

/** What a server has got since, and what it has lost of what was discovered or a chain goes to it for. */
export function compareModels(
  config: RouteConfig,
  { has, discovered, isOnlyHere }: Known,
): Pick<HealthDto, "newModels" | "goneModels"> {
  if (has === null) return { newModels: [], goneModels: [] };
  // Ollama takes a name without a tag for the latest.
  const isThere = (model: string) => has.includes(model) || has.includes(`${model}:latest`);
  const chains = [config.chain ?? [], ...Object.values(config.overrides ?? {})];
  const chosen = chains.flatMap((chain) => chain.filter(isOnlyHere).map(({ model }) => model));
  const gone = [...new Set([...discovered, ...chosen])].filter((model) => !isThere(model));
  return {
    // Before the first discovery nothing is known to be new.
    newModels: discovered.length === 0 ? [] : has.filter((model) => !discovered.includes(model)),
    goneModels: gone.map((id) => ({ id, ...findChains(config, (ref) => ref.model === id && isOnlyHere(ref)) })),
  };
}
