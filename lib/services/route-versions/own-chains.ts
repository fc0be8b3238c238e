import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { RouteConfig } from "./config.ts";

/** One of a configuration's chains, and where it stands. */
export interface OwnChain {
  /** Null: the default chain. */
  functionSlug: string | null;
  field: string;
  targets: readonly TargetRef[];
}

export function ownChainsOf({ chain, overrides }: RouteConfig): OwnChain[] {
  return [
    { functionSlug: null, field: "chain", targets: chain ?? [] },
    ...Object.entries(overrides ?? {}).map(([slug, targets]) => ({
      functionSlug: slug,
      field: `overrides.${slug}`,
      targets,
    })),
  ];
}
