import { parseAsStringLiteral } from "nuqs/server";

export const PERIODS = ["1d", "7d", "30d", "90d"] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Relative: a link opened tomorrow shows tomorrow's last seven days. */
export const residencySearchParams = {
  period: parseAsStringLiteral(PERIODS).withDefault("7d"),
};

const HOUR_MS = 3_600_000;

/** The last days in whole hours, the one that has begun included: the same period for as long as that lasts. */
export function lastDays(days: number, nowMs = Date.now()): { from: string; to: string } {
  const toMs = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
  return { from: new Date(toMs - days * 24 * HOUR_MS).toISOString(), to: new Date(toMs).toISOString() };
}

export function daysOf(period: PeriodName): number {
  return Number.parseInt(period, 10);
}
