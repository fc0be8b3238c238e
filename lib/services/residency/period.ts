const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Whole hours. */
export interface Period {
  from: Date;
  to: Date;
  /** What counts are summed up by. */
  interval: "hour" | "day";
}

/** The whole hours that hold a period. */
export function toPeriod({ from, to }: { from: string; to: string }): Period {
  const first = Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  const end = Math.ceil(Date.parse(to) / HOUR_MS) * HOUR_MS;
  return { from: new Date(first), to: new Date(end), interval: end - first > WEEK_MS ? "day" : "hour" };
}
