export interface LatencyBucket {
  /** n: at most 2^(n/4) milliseconds. */
  bucket: number;
  requests: number;
}

/** A percentile of a histogram, in milliseconds: the upper edge of the bucket it falls in. Null when it is empty. */
export function percentileMs(buckets: readonly LatencyBucket[], fraction: number): number | null {
  const sorted = [...buckets].sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const { bucket, requests } of sorted) {
    seen += requests;
    if (seen >= fraction * total) return Math.round(2 ** (bucket / 4));
  }
  return null;
}
