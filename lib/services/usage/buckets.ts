import type { Range } from "./schemas.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SHAPES = {
  "24h": { bucket: "hour", bucketMs: HOUR_MS, count: 24 },
  "7d": { bucket: "day", bucketMs: DAY_MS, count: 7 },
  "30d": { bucket: "day", bucketMs: DAY_MS, count: 30 },
} as const satisfies Record<Range, { bucket: "hour" | "day"; bucketMs: number; count: number }>;

export interface Window {
  bucket: "hour" | "day";
  bucketMs: number;
  /** Start of the first bucket. */
  from: Date;
  /** The present: the last bucket is still filling. */
  to: Date;
  /** As many buckets before, to compare with. */
  previousFrom: Date;
  starts: Date[];
}

/** The buckets of a range, in UTC, the present one last. */
export function windowOf(range: Range, now: Date): Window {
  const { bucket, bucketMs, count } = SHAPES[range];
  const last = Math.floor(now.getTime() / bucketMs) * bucketMs;
  const from = last - (count - 1) * bucketMs;
  return {
    bucket,
    bucketMs,
    from: new Date(from),
    to: now,
    previousFrom: new Date(from - count * bucketMs),
    starts: Array.from({ length: count }, (_, at) => new Date(from + at * bucketMs)),
  };
}
