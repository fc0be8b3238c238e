import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

const ROUTING_VIEWS = ["functions", "versions", "try"] as const;

/** Of the chain that every function without one of its own has, where a function's slug would stand. */
export const DEFAULT_CHAIN = "default";

export const routingSearchParams = {
  view: parseAsStringLiteral(ROUTING_VIEWS).withDefault("functions"),
  /** The function whose chain is edited, or `default`. */
  edit: parseAsString,
  /** `1` while the draft is reviewed. */
  review: parseAsInteger,
  /** The version that is open. */
  version: parseAsInteger,
};

export const tryParams = {
  function: parseAsString,
  source: parseAsStringLiteral(["published", "draft"] as const).withDefault("published"),
  needs: parseAsArrayOf(parseAsString).withDefault([]),
};
