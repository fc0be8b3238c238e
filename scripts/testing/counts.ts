import { readFileSync } from "node:fs";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function addCounts(left: Counts, right: Counts): Counts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** A check that is not made of tests counts as one. */
export function countCheck(isOk: boolean): Counts {
  return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0 };
}

/** The numbers of vitest's JSON report. A run that failed in no test (a file that does not load, a crash) counts one failure. */
export function countVitest(reportFile: string, isOk: boolean): Counts {
  const report = readReport(reportFile) as VitestReport | null;
  return withCrash(isOk, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

/** The numbers of Playwright's JSON report, a test that passed only on a retry among the failures. */
export function countPlaywright(reportFile: string, isOk: boolean): Counts {
  const stats = (readReport(reportFile) as PlaywrightReport | null)?.stats;
  return withCrash(isOk, {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  });
}

/** `3 passed, 0 failed`, and the skipped ones if there are any. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

function withCrash(isOk: boolean, counts: Counts): Counts {
  return !isOk && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
