export interface Change {
  direction: "up" | "down" | "same";
  /** How much, with its unit and without its sign: `12.3%`, `0.4 points`. */
  amount: string;
}

/** How far a figure moved, as a share of what it was. Null when there is nothing to compare with. */
export function percentChange(current: number | bigint, previous: number | bigint): Change | null {
  const before = Number(previous);
  if (before === 0) return null;
  return toChange(((Number(current) - before) / before) * 100, "%");
}

/** How far a share moved, in percentage points: a rate's change in percent would mislead near zero. */
export function pointChange(current: number | null, previous: number | null): Change | null {
  if (current === null || previous === null) return null;
  return toChange((current - previous) * 100, " points");
}

function toChange(difference: number, unit: string): Change {
  const size = Math.abs(difference);
  const text = size >= 100 ? Math.round(size).toLocaleString("en-US") : Number(size.toFixed(1)).toString();
  if (text === "0") return { direction: "same", amount: `0${unit}` };
  return { direction: difference > 0 ? "up" : "down", amount: `${text}${unit}` };
}
