import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { MEASURES } from "#components/charts/provider-series.ts";
import { RANGES } from "#lib/services/usage/schemas.ts";

const CHART_VIEWS = ["chart", "table"] as const;

/** What of the Overview is in its address. The range is relative: a link opened tomorrow shows tomorrow's 24 hours. */
export const overviewSearchParams = {
  range: parseAsStringLiteral(RANGES).withDefault("24h"),
  measure: parseAsStringLiteral(MEASURES).withDefault("cost"),
  view: parseAsStringLiteral(CHART_VIEWS).withDefault("chart"),
  /** The open invocation. */
  invocation: parseAsString,
  /** Where the list of invocations begins; absent for the latest. */
  cursor: parseAsString,
};

export const loadOverviewSearchParams = createLoader(overviewSearchParams);
