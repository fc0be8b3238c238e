import { formatApproximateDollars, formatMoney, toApproximateDollars } from "#lib/format/money.ts";
import { formatCompact, formatInteger } from "#lib/format/numbers.ts";
import type { UsageDto } from "#lib/services/usage/schemas.ts";

export const MEASURES = ["cost", "requests"] as const;
export type Measure = (typeof MEASURES)[number];

type Point = UsageDto["series"][number];
type Share = Point["byProvider"][number];

/** Every provider of the series, in the order of its bars from the bottom: fixed by name, so that bars do not jump. */
export function providersOf(series: readonly Point[]): string[] {
  return [...new Set(series.flatMap((point) => point.byProvider.map((share) => share.provider)))].sort();
}

/** The height of a provider's part of a bar: requests, or dollars as a rough number. */
export function heightOf(point: Point, provider: string, measure: Measure): number {
  const share = point.byProvider.find((candidate) => candidate.provider === provider);
  if (!share) return 0;
  return measure === "cost" ? toApproximateDollars(share.costNanoUsd) : share.requests;
}

/** The exact figure of some shares together, as text. */
export function formatShares(shares: readonly Share[], measure: Measure): string {
  if (measure === "cost") return formatMoney(shares.reduce((sum, share) => sum + BigInt(share.costNanoUsd), 0n));
  return formatInteger(shares.reduce((sum, share) => sum + share.requests, 0));
}

/** A provider's figure over the whole range, as text. */
export function formatProviderTotal(series: readonly Point[], provider: string, measure: Measure): string {
  const shares = series.flatMap((point) => point.byProvider.filter((share) => share.provider === provider));
  return formatShares(shares, measure);
}

export function formatTick(value: number, measure: Measure): string {
  return measure === "cost" ? formatApproximateDollars(value) : formatCompact(value);
}
