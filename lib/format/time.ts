// The console speaks UTC, as billing does: the same text on the server and in every browser, with the zone beside it.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `2026-11-23 14:05:09 UTC`. */
export function formatDateTime(iso: string): string {
  const text = new Date(iso).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
}

/** `Nov 23 14:05:09`, for a column whose header says UTC. */
export function formatTimeInColumn(iso: string): string {
  return `${formatDay(iso)} ${new Date(iso).toISOString().slice(11, 19)}`;
}

/** `Nov 23`. */
export function formatDay(iso: string): string {
  const date = new Date(iso);
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, "0")}`;
}

/** The start of a bucket in full: `Nov 23 14:00 UTC` or `Nov 23 UTC`. */
export function formatBucket(iso: string, bucket: "hour" | "day"): string {
  return bucket === "day" ? `${formatDay(iso)} UTC` : `${formatDay(iso)} ${formatHour(iso)} UTC`;
}

/** `14:00`. */
export function formatHour(iso: string): string {
  return new Date(iso).toISOString().slice(11, 16);
}
