import { TIMEOUT_MS } from "#lib/services/route-versions/limits.ts";
import type { TargetRef } from "./edit-config.ts";

/** The times of a target that a chain may set. */
export type Timeout = "firstTokenTimeoutMs" | "answerTimeoutMs";

/** Seconds as people write them, in milliseconds. Undefined: nothing is written. NaN: that is no number. */
export function readSeconds(text: string): number | undefined {
  const written = text.trim().replace(",", ".");
  if (written === "") return undefined;
  return /^\d*\.?\d+$/.test(written) ? Math.round(Number(written) * 1000) : Number.NaN;
}

export function writeSeconds(ms: number | undefined): string {
  return ms === undefined ? "" : String(ms / 1000);
}

/** The target with one time changed; undefined takes it out. */
export function withTimeout(target: TargetRef, timeout: Timeout, ms: number | undefined): TargetRef {
  const { [timeout]: _, ...others } = target;
  return ms === undefined ? others : { ...others, [timeout]: ms };
}

/** The target with so many retries; undefined takes its word on them out. */
export function withRetries(target: TargetRef, maxRetries: number | undefined): TargetRef {
  const { maxRetries: _, ...others } = target;
  return maxRetries === undefined ? others : { ...others, maxRetries };
}

/** What is wrong with a target's times, beside which of them. */
export function findTimeoutProblems(target: TargetRef): Partial<Record<Timeout, string>> {
  const { firstTokenTimeoutMs, answerTimeoutMs } = target;
  const found = { firstTokenTimeoutMs: problemOf(firstTokenTimeoutMs), answerTimeoutMs: problemOf(answerTimeoutMs) };
  const isTwisted =
    firstTokenTimeoutMs !== undefined && answerTimeoutMs !== undefined && firstTokenTimeoutMs > answerTimeoutMs;
  if (isTwisted) found.firstTokenTimeoutMs ??= "No longer than the whole answer, of which it is a part.";
  return found;
}

export function hasTimeoutProblems(target: TargetRef): boolean {
  return Object.values(findTimeoutProblems(target)).some((problem) => problem !== undefined);
}

function problemOf(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  if (Number.isNaN(ms)) return "Write a number of seconds, such as 5 or 0.5.";
  const { min, max } = TIMEOUT_MS;
  return ms < min || ms > max ? `From ${min / 1000} to ${max / 1000} seconds.` : undefined;
}
