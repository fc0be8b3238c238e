import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOUNTS } from "#e2e/support/gateway.ts";
import { backoffsOf } from "./matrix/backoffs.ts";
import { HANG_MS } from "./matrix/call.ts";
import { type Case, isHeavy, isLimiter } from "./matrix/cases.ts";
import { LENIENT_EXPECTATIONS, MATRIX_FAULTS, type MatrixFault } from "./matrix/expectations.ts";
import { judgeAlone, judgeBeginning, judgePromise, judgeRefused, judgeRescue } from "./matrix/judge.ts";
import {
  BROKEN_CHAINS,
  FIRST_TOKEN_MS,
  IDLE_MS,
  LENIENT,
  LIMITED_CHAINS,
  LOST_RELAYS,
  type MatrixRun,
  playMatrix,
  SILENT_CHAINS,
} from "./matrix/play-matrix.ts";
import { renderTable } from "./matrix/print-table.ts";
import { FAMILIES, ROUTES } from "./matrix/routes.ts";
import type { Played } from "./matrix/run-cases.ts";

const runs = new Map<string, MatrixRun>();

beforeAll(async () => {
  await Promise.all(MOUNTS.map(async (mount) => runs.set(mount, await playMatrix(mount))));
}, 180_000);

afterAll(() => {
  for (const [mount, { rescues, alone }] of runs) {
    for (const family of FAMILIES) {
      const { functionSlug, chain } = ROUTES[family];
      const targets = chain.map(({ provider, model, prefill }) => `${provider}/${model}${prefill === null ? "" : "*"}`);
      console.log(`${family}: ${functionSlug}: ${targets.join(" → ")}`);
      const ofFamily = (played: readonly Played[]) => played.filter((one) => one.case.family === family);
      console.log(renderTable(`${mount} mount, ${family}, another target healthy`, ofFamily(rescues), judgeRescue));
      console.log(renderTable(`${mount} mount, ${family}, no other target`, ofFamily(alone), judgeAlone));
    }
  }
});

describe.each(MOUNTS)("providers that fail, over the %s mount", (mount) => {
  let run: MatrixRun;
  beforeAll(() => {
    run = runs.get(mount) as MatrixRun;
  });

  describe.each(FAMILIES)("a target that is reached by the %s way", (family) => {
    const of = (all: readonly Played[], fault: MatrixFault) =>
      all.filter((one) => one.case.family === family && one.case.fault === fault);

    test.each(MATRIX_FAULTS)("%s: every caller gets what was promised while another target is well", (fault) => {
      const played = of(run.rescues, fault);
      expect(played).toHaveLength(isLimiter(fault) || isHeavy(fault) ? 4 : 6);
      expect(played.flatMap((one) => described(one, judgeRescue(one)))).toEqual([]);
    });

    test.each(MATRIX_FAULTS)("%s: without another target every caller gets an answer or an honest error", (fault) => {
      const played = of(run.alone, fault);
      expect(played).toHaveLength(4);
      expect(played.flatMap((one) => described(one, judgeAlone(one)))).toEqual([]);
    });
  });

  test("nothing comes later than its timeouts, its waits and a moment", () => {
    const late = [...run.rescues, ...run.alone].filter(({ outcome, case: one }) => outcome.ms > ceilingMs(one));
    expect(late.map((one) => `${one.case.id} took ${Math.round(one.outcome.ms)} ms`)).toEqual([]);
  });

  test("retries are spread out, and none comes later than its backoff allows", () => {
    const backoffs = backoffsOf([...run.rescues, ...run.alone]);
    expect(backoffs.length).toBeGreaterThan(50);
    expect(backoffs.reduce((sum, { ms }) => sum + ms, 0) / backoffs.length).toBeGreaterThan(60);
    expect(new Set(backoffs.map(({ ms }) => Math.round(ms / 25))).size).toBeGreaterThan(8);
    expect(backoffs.filter(({ ms, retry }) => ms > 250 * 2 ** (retry - 1) + BUSY_MS)).toEqual([]);
  });

  test.each(BROKEN_CHAINS)("a chain whose every target fails ends in an error of the right status ($id)", (one) => {
    const played = run.find(one);
    expect(judgeRefused(played, { status: 502, code: "all_targets_failed", canRetry: true })).toEqual([]);
    expect(new Set(played.attempts.map(({ lane }) => lane)).size).toBe(one.chain.length);
  });

  test.each(SILENT_CHAINS)("a chain of silent targets is given up when the caller's own time is up ($id)", (one) => {
    const played = run.find(one);
    expect(judgeRefused(played, { status: 504, code: "upstream_timeout", canRetry: true })).toEqual([]);
    expect(played.outcome.ms).toBeGreaterThan(950);
    expect(played.outcome.ms).toBeLessThan(1_000 + BUSY_MS);
  });

  test.each(LOST_RELAYS)("a broken answer that nobody can go on with ends in one error event ($id)", (one) => {
    expect(judgeBeginning(run.find(one))).toEqual([]);
  });

  test.each(LIMITED_CHAINS)("a limit that is longer than the caller's own time is passed on at once ($id)", (one) => {
    const played = run.find(one);
    expect(judgeRefused(played, { status: 429, code: "rate_limit_exceeded", canRetry: true })).toEqual([]);
    expect(Number(played.outcome.headers.get("retry-after"))).toBe(3);
    expect(played.outcome.ms).toBeLessThan(BUSY_MS);
    expect(played.attempts.map(({ lane }) => lane)).toEqual(one.chain.map(({ provider }) => provider));
  });

  test.each(LENIENT)("another target judges what a filter stopped where the tenant lets it ($id)", (one) => {
    expect(judgePromise(run.find(one), LENIENT_EXPECTATIONS[one.fault])).toEqual([]);
  });
});

function described({ case: { id }, attempts }: Played, problems: readonly string[]): string[] {
  const asked = attempts.map(({ lane, sinceLastMs }) => `${lane}+${Math.round(sinceLastMs ?? 0)}`).join(" ");
  return problems.map((problem) => `${id}: ${problem} [${asked}]`);
}

/** What a machine that does much else may add to anything. */
const BUSY_MS = 10_000;

/** Silence is borne once, five times as long where the answer is no stream; limits are waited for. */
function ceilingMs({ fault, mode }: Case): number {
  const isSilent = ["silence", "slow-first-token", "stall-after-tokens"].includes(fault);
  const silenceMs = mode === "plain" ? FIRST_TOKEN_MS * 5 : FIRST_TOKEN_MS + IDLE_MS;
  const waitMs = fault === "429-retry-after-long" ? 3_000 : 1_000;
  return Math.min(HANG_MS, (isSilent ? silenceMs : waitMs) + BUSY_MS);
}
