const integerFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `1234567` → `1,234,567`. */
export function formatInteger(value: number): string {
  return integerFormat.format(value);
}

const COMPACT_STEPS = [
  { from: 999_950_000, divisor: 1_000_000_000, suffix: "B" },
  { from: 999_950, divisor: 1_000_000, suffix: "M" },
  { from: 1_000, divisor: 1_000, suffix: "k" },
] as const;

/** Token counts in little room: `940`, `12.3k`, `4.1M`. */
export function formatCompact(value: number): string {
  const step = COMPACT_STEPS.find(({ from }) => Math.abs(value) >= from);
  if (!step) return formatInteger(value);
  return `${(value / step.divisor).toFixed(1).replace(/\.0$/, "")}${step.suffix}`;
}

/** A share between 0 and 1: `0.0123` → `1.23%`. A share above zero never reads as 0 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return "<0.01%";
  if (percent > 99.99 && percent < 100) return ">99.99%";
  return `${Number(percent.toFixed(2))}%`;
}

/** `part` of `whole`; null when there is no whole. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
