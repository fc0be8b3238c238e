import type { Catalog } from "#lib/catalog/index.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { RouteConfig } from "./config.ts";
import type { Names } from "./names.ts";
import type { OwnConnection } from "./own-connections.ts";

/**
 * What is wrong with a configuration. An error keeps it from being published: something that it names is missing or can
 * never work. A warning does not: calls would go elsewhere or be refused, which can be meant.
 */
export interface RouteProblem {
  severity: "error" | "warning";
  functionSlug: string | null;
  /** Its place in the configuration: `overrides.email-classification.0`. */
  field: string;
  message: string;
}

export interface ProblemFacts {
  config: RouteConfig;
  /** With this configuration in place of the published one. */
  snapshot: RoutingSnapshot;
  catalog: Catalog;
  own: readonly OwnConnection[];
  names: Names;
  /** `2026-11-24`. */
  today: string;
}

export function error(field: string, message: string): RouteProblem {
  return { severity: "error", functionSlug: null, field, message };
}

export function warning(field: string, message: string): RouteProblem {
  return { severity: "warning", functionSlug: null, field, message };
}
