/** Milliseconds for reading: `<1 ms`, `340 ms`, `1.24 s`, `2 min 5 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs > 0 && durationMs < 1) return "<1 ms";
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Microseconds for reading, as a part of a millisecond: `0.42 ms`. */
export function formatMicroseconds(durationUs: number): string {
  return durationUs < 10_000 ? `${(durationUs / 1000).toFixed(2)} ms` : formatDuration(durationUs / 1000);
}
