const NANO_PER_DOLLAR = 1_000_000_000n;
const NANO_DIGITS = 9;

/**
 * Nano-dollars for reading: cents from a dollar up, three significant digits below it.
 * Never rounds an amount that is not zero to `$0.00`.
 */
export function formatMoney(nanoUsd: bigint | string): string {
  const amount = BigInt(nanoUsd);
  const absolute = amount < 0n ? -amount : amount;
  const fractionDigits = absolute >= NANO_PER_DOLLAR || absolute === 0n ? 2 : significantFractionDigits(absolute);
  return write(roundTo(absolute, fractionDigits), amount < 0n);
}

/** Nano-dollars without any rounding, at least two decimals: for prices and for one call's cost. */
export function formatExactMoney(nanoUsd: bigint | string): string {
  const amount = BigInt(nanoUsd);
  return write(amount < 0n ? -amount : amount, amount < 0n);
}

/** Dollars as a number, good enough for the height of a bar and for nothing else. */
export function toApproximateDollars(nanoUsd: bigint | string): number {
  return Number(BigInt(nanoUsd)) / Number(NANO_PER_DOLLAR);
}

/** The reverse of `toApproximateDollars`, for the ticks of an axis. */
export function formatApproximateDollars(dollars: number): string {
  return formatMoney(BigInt(Math.round(dollars * Number(NANO_PER_DOLLAR))));
}

function significantFractionDigits(absoluteBelowOneDollar: bigint): number {
  const leadingZeros = NANO_DIGITS - absoluteBelowOneDollar.toString().length;
  return Math.min(NANO_DIGITS, leadingZeros + 3);
}

function roundTo(absolute: bigint, fractionDigits: number): bigint {
  const step = 10n ** BigInt(NANO_DIGITS - fractionDigits);
  return ((absolute + step / 2n) / step) * step;
}

function write(absolute: bigint, isNegative: boolean): string {
  const whole = (absolute / NANO_PER_DOLLAR).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = (absolute % NANO_PER_DOLLAR)
    .toString()
    .padStart(NANO_DIGITS, "0")
    .replace(/0{1,7}$/, "");
  return `${isNegative ? "−" : ""}$${whole}.${fraction}`;
}
