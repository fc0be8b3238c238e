import { clsx } from "clsx";
import { formatInteger } from "#lib/format/numbers.ts";

interface Bucket {
  start: string;
  checks: number;
  failures: number;
}

interface HistoryStripProps {
  buckets: readonly Bucket[];
  /** `the last 24 hours`. */
  period: string;
  size?: "small" | "large";
}

/**
 * Checks over time, a bar each: what was answered stands on the line, what failed hangs from the top, and without a
 * check there is only the line. The sentence says the sums to those who cannot see it.
 */
export function HistoryStrip({ buckets, period, size = "large" }: HistoryStripProps) {
  return (
    <span
      role="img"
      aria-label={sumUp(buckets, period)}
      className={clsx("flex items-stretch", size === "small" ? "h-4 w-full gap-px" : "h-10 w-full gap-0.5")}
    >
      {buckets.map((bucket) => (
        <Bar key={bucket.start} bucket={bucket} />
      ))}
    </span>
  );
}

function Bar({ bucket: { checks, failures } }: { bucket: Bucket }) {
  const isDown = checks > 0 && failures === checks;
  return (
    <span className="flex min-w-0 flex-1 flex-col justify-between gap-px border-b">
      {failures > 0 && <span className={clsx("block bg-bad", isDown ? "h-1/2" : "h-1/3")} />}
      {checks > failures && <span className="block min-h-0 flex-1 bg-good" />}
    </span>
  );
}

function sumUp(buckets: readonly Bucket[], period: string): string {
  const checks = buckets.reduce((sum, bucket) => sum + bucket.checks, 0);
  const failures = buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
  if (checks === 0) return `Not checked in ${period}.`;
  return `${formatInteger(checks)} checks in ${period}, ${failures === 0 ? "none" : formatInteger(failures)} of them failed.`;
}
