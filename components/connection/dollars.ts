const NANO_DIGITS = 9;

/** Dollars as people type them, in nano-dollars: `0.15` → `150000000`. Null: that is no amount. */
export function readDollars(text: string): string | null {
  const [, whole, fraction = ""] = /^\$?(\d{1,7})(?:\.(\d{0,9}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  return BigInt(whole + fraction.padEnd(NANO_DIGITS, "0")).toString();
}

/** The reverse, for a field to begin with: no sign and no needless zeros. */
export function writeDollars(nanoUsd: string): string {
  const digits = nanoUsd.padStart(NANO_DIGITS + 1, "0");
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, "");
  return digits.slice(0, -NANO_DIGITS) + (fraction === "" ? "" : `.${fraction}`);
}
