import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countPlaywright, countVitest, describeCounts } from "./counts.ts";

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "switchyard-counts-"));
  file = path.join(folder, "report.json");
});

afterAll(() => rmSync(folder, { recursive: true }));

test("vitest's skipped and unwritten tests are told apart from passed ones", () => {
  writeFileSync(file, JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 }));
  expect(countVitest(file, true)).toEqual({ passed: 5, failed: 0, skipped: 3 });
});

test("a run that failed without a failed test counts as one failure", () => {
  writeFileSync(file, JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }));
  expect(countVitest(file, false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test("a run that wrote no report counts as one failure", () => {
  expect(countVitest(path.join(folder, "none.json"), false).failed).toBe(1);
  expect(countPlaywright(path.join(folder, "none.json"), false).failed).toBe(1);
});

test("a browser test that passed only when tried again counts as failed", () => {
  writeFileSync(file, JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 } }));
  expect(countPlaywright(file, false)).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

test("the last line names skipped tests only when there are any", () => {
  expect(describeCounts({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
  expect(describeCounts({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
});
