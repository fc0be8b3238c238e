import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOUNTS } from "#e2e/support/gateway.ts";
import { backoffsOf } from "./matrix/backoffs.ts";
import { HANG_MS } from "./matrix/call.ts";
import {
  aloneCases,
  type Case,
  FAMILIES,
  hopelessCase,
  isHeavy,
  isLimiter,
  relayCase,
  rescueCases,
} from "./matrix/cases.ts";
import { MATRIX_FAULTS, type MatrixFault } from "./matrix/expectations.ts";
import { judgeAlone, judgeBeginning, judgeRefused, judgeRescue } from "./matrix/judge.ts";
import { type FaultGateway, openFaultGateway } from "./matrix/open-gateway.ts";
import { renderTable } from "./matrix/print-table.ts";
import { keepTargetsWell, type Played, REST_MS, runCases } from "./matrix/run-cases.ts";
import { type FaultUpstream, openFaultUpstream } from "./upstream/open-upstream.ts";

const CASES = FAMILIES.flatMap(rescueCases);
const PROVIDERS = [...new Set(CASES.flatMap(({ chain }) => chain.map(({ provider }) => provider)))];

const FIRST_TOKEN_MS = 700;
const IDLE_MS = 700;
const DEADLINE_MS = 12_000;
/** An answer that is no stream may take five times as long as a first token: this is later still. */
const LATE_MS = 5_000;

const TIMEOUTS = {
  SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS: `${FIRST_TOKEN_MS}`,
  SWITCHYARD_IDLE_TIMEOUT_MS: `${IDLE_MS}`,
  SWITCHYARD_CALL_DEADLINE_MS: `${DEADLINE_MS}`,
  LOG_LEVEL: "error",
};

describe.each(MOUNTS)("providers that fail, over the %s mount", (mount) => {
  let upstream: FaultUpstream;
  let gateway: FaultGateway;
  const done = new AbortController();
  let stopKeeping = async () => {};
  let rescues: Played[] = [];
  let alone: Played[] = [];

  beforeAll(async () => {
    upstream = await openFaultUpstream({ lateMs: LATE_MS });
    const accounts = Object.fromEntries(PROVIDERS.map((provider) => [provider, upstream.laneUrl(provider)]));
    gateway = await openFaultGateway(mount, accounts, TIMEOUTS);
    const { stopped } = await keepTargetsWell(gateway, done.signal);
    stopKeeping = () => {
      done.abort();
      return stopped;
    };
    const played = await runCases(gateway, upstream, [...CASES, ...FAMILIES.flatMap(aloneCases)]);
    rescues = played.filter(({ case: one }) => one.chain.length > 1);
    alone = played.filter(({ case: one }) => one.chain.length === 1);
  });
  afterAll(async () => {
    await stopKeeping();
    await gateway?.close();
    await upstream?.close();
    for (const family of FAMILIES) {
      const ofFamily = (played: readonly Played[]) => played.filter((one) => one.case.family === family);
      console.log(renderTable(`${mount} mount, ${family}, another target healthy`, ofFamily(rescues), isRescued));
      console.log(renderTable(`${mount} mount, ${family}, no other target`, ofFamily(alone), isRightAlone));
    }
  });

  async function playOne(one: Case): Promise<Played> {
    const [only] = await runCases(gateway, upstream, [one]);
    return only as Played;
  }

  describe.each(FAMILIES)("a target that is reached by the %s way", (family) => {
    const played = (all: readonly Played[], fault: MatrixFault) =>
      all.filter((one) => one.case.family === family && one.case.fault === fault);

    test.each(MATRIX_FAULTS)("%s: every caller gets what was promised while another target is well", (fault) => {
      const cases = played(rescues, fault);
      expect(cases).toHaveLength(isLimiter(fault) || isHeavy(fault) ? 4 : 8);
      expect(cases.flatMap((one) => described(one, judgeRescue(one)))).toEqual([]);
    });

    test.each(MATRIX_FAULTS)("%s: without another target every caller gets an answer or an honest error", (fault) => {
      const cases = played(alone, fault);
      expect(cases).toHaveLength(4);
      expect(cases.flatMap((one) => described(one, judgeAlone(one)))).toEqual([]);
    });
  });

  test("nothing comes later than its timeouts, its waits and a moment", () => {
    const late = [...rescues, ...alone].filter(({ outcome, case: one }) => outcome.ms > ceilingMs(one));
    expect(late.map((one) => `${one.case.id} took ${Math.round(one.outcome.ms)} ms`)).toEqual([]);
  });

  test("retries are spread out, and none comes later than its backoff allows", () => {
    const backoffs = backoffsOf([...rescues, ...alone]);
    expect(backoffs.length).toBeGreaterThan(50);
    const meanMs = backoffs.reduce((sum, { ms }) => sum + ms, 0) / backoffs.length;
    expect(meanMs).toBeGreaterThan(60);
    expect(new Set(backoffs.map(({ ms }) => Math.round(ms / 25))).size).toBeGreaterThan(8);
    expect(backoffs.filter(({ ms, retry }) => ms > 250 * 2 ** (retry - 1) + 1_000)).toEqual([]);
  });

  describe.each(FAMILIES)("a chain of targets that all fail (%s)", (family) => {
    test.each(["live", "whole", "plain"] as const)("ends in an error of the right status (%s)", async (mode) => {
      const played = await playOne(hopelessCase(family, "500", mode));
      expect(judgeRefused(played, { status: 502, code: "all_targets_failed", canRetry: true })).toEqual([]);
      expect(new Set(played.attempts.map(({ lane }) => lane)).size).toBe(played.case.chain.length);
    });

    test.each(["live", "whole", "plain"] as const)("ends when the caller's own time is up (%s)", async (mode) => {
      const one = hopelessCase(family, "silence", mode);
      const played = await playOne({ ...one, headers: { ...one.headers, "x-stainless-timeout": "1" } });
      expect(judgeRefused(played, { status: 504, code: "upstream_timeout", canRetry: true })).toEqual([]);
      expect(played.outcome.ms).toBeGreaterThan(700);
      expect(played.outcome.ms).toBeLessThan(2_000);
    });

    test("is given up in the middle of an answer with one error event when nobody can go on", async () => {
      const played = await playOne(relayCase(family, "prefill-refused"));
      expect(judgeBeginning(played)).toEqual([]);
    });
  });

  describe.each(FAMILIES)("a chain of targets that all ask for patience (%s)", (family) => {
    // Some targets are in more than one chain, and rest for all of them.
    beforeAll(() => sleep(REST_MS));

    test("says how long to wait where a limit is longer than the caller's own time", async () => {
      const one = hopelessCase(family, "429-retry-after-long", "plain");
      const played = await playOne({ ...one, headers: { ...one.headers, "x-stainless-timeout": "2" } });
      expect(judgeRefused(played, { status: 429, code: "rate_limit_exceeded", canRetry: true })).toEqual([]);
      expect(Number(played.outcome.headers.get("retry-after"))).toBe(3);
      expect(played.outcome.ms).toBeLessThan(1_000);
      expect(new Set(played.attempts.map(({ lane }) => lane)).size).toBe(played.case.chain.length);
      expect(played.attempts).toHaveLength(played.case.chain.length);
    });
  });
});

const isRescued = (one: Played) => judgeRescue(one).length === 0;
const isRightAlone = (one: Played) => judgeAlone(one).length === 0;

function described({ case: { id }, attempts }: Played, problems: readonly string[]): string[] {
  const asked = attempts.map(({ lane, sinceLastMs }) => `${lane}+${Math.round(sinceLastMs ?? 0)}`).join(" ");
  return problems.map((problem) => `${id}: ${problem} [${asked}]`);
}

const SLACK_MS = 3_500;

/** Silence is borne once, five times as long where the answer is no stream; limits are waited for; a trickle takes its time. */
function ceilingMs({ fault, mode }: Case): number {
  const silent = ["silence", "slow-first-token", "stall-after-tokens"].includes(fault);
  const silenceMs = mode === "plain" ? FIRST_TOKEN_MS * 5 : FIRST_TOKEN_MS + IDLE_MS;
  const waitMs = fault === "429-retry-after-long" ? 3_000 : 1_000;
  return Math.min(HANG_MS, (silent ? silenceMs : waitMs) + SLACK_MS);
}
