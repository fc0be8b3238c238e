import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOUNTS } from "#e2e/support/gateway.ts";
import { MIN_VOLUME, PROBE_INTERVAL_MS } from "#lib/gateway/health/breaker.ts";
import { callByFetch, type Outcome } from "./matrix/call.ts";
import { openFaultGateway } from "./matrix/open-gateway.ts";
import { PROVIDERS, ROUTES } from "./matrix/routes.ts";
import { type Attempt, openFaultUpstream, tokensFor } from "./upstream/open-upstream.ts";

const { functionSlug, chain } = ROUTES.native;
const [BROKEN = "", NEXT = ""] = chain.map(({ provider }) => provider);

/** How much later than it is due things may come on a machine that other tests keep busy. */
const SLACK_MS = 2_000;
/** Time for a probe to come, for what it changes to be seen, and for many calls after that. */
const FLAP_MS = PROBE_INTERVAL_MS + 4 * SLACK_MS;
const CALL_EVERY_MS = 60;

interface Call {
  /** After the target began to flap. */
  atMs: number;
  outcome: Outcome;
}

interface Run {
  calls: readonly Call[];
  attempts: readonly Attempt[];
}

const runs = new Map<string, Run>();

beforeAll(async () => {
  await Promise.all(MOUNTS.map(async (mount) => runs.set(mount, await callWhileFlapping(mount))));
}, 120_000);

afterAll(() => {
  for (const [mount, run] of runs) {
    const phases = [0, 1, 2].map((phase) => {
      const { length } = attemptsIn(run, phase);
      return `${phase % 2 === 0 ? "down" : "up"}: ${length} attempts, ${probesIn(run, phase).length} of them probes`;
    });
    console.log(
      `${mount} mount, ${run.calls.length} calls, a target that flaps every ${FLAP_MS} ms. ${phases.join("; ")}`,
    );
  }
});

/** A steady stream of calls while their first target is down, up, and down again. */
async function callWhileFlapping(mount: (typeof MOUNTS)[number]): Promise<Run> {
  const upstream = await openFaultUpstream({ flapMs: FLAP_MS });
  const accounts = Object.fromEntries(PROVIDERS.map((provider) => [provider, upstream.laneUrl(provider)]));
  const gateway = await openFaultGateway(mount, accounts, {});
  const caller = { baseUrl: gateway.baseUrl, apiKey: gateway.apiKey("usual") };
  const messages = [{ role: "user" as const, content: "Please answer." }];
  try {
    upstream.setLane(BROKEN, "flapping-by-time");
    const startedAtMs = performance.now();
    const calls: Promise<Call>[] = [];
    for (let at = 0; performance.now() - startedAtMs < FLAP_MS * 3; at += 1) {
      const atMs = performance.now() - startedAtMs;
      const call = callByFetch(caller, { model: functionSlug, messages, stream: at % 2 === 0 }, {});
      calls.push(call.then((outcome) => ({ atMs, outcome })));
      await sleep(CALL_EVERY_MS);
    }
    return { calls: await Promise.all(calls), attempts: upstream.attempts.filter(({ lane }) => lane === BROKEN) };
  } finally {
    await gateway.close();
    await upstream.close();
  }
}

/** Attempts on the flapping target while it was down (0, 2) or up (1). */
function attemptsIn({ attempts }: Run, phase: number): Attempt[] {
  return attempts.filter(({ faultAgeMs }) => Math.floor(faultAgeMs / FLAP_MS) === phase);
}

/** The attempts of a phase that came alone: the others left the target out for most of an interval before. */
function probesIn(run: Run, phase: number): Attempt[] {
  return attemptsIn(run, phase).filter(({ sinceLastMs }) => (sinceLastMs ?? 0) >= PROBE_INTERVAL_MS - SLACK_MS);
}

/** From its first moment to its last: one that takes longer on a busy machine meets the target as it is by then. */
function isWithin({ atMs, outcome }: Call, fromMs: number, untilMs: number): boolean {
  return atMs > fromMs && atMs + outcome.ms < untilMs;
}

describe.each(MOUNTS)("a target that flaps, over the %s mount", (mount) => {
  let run: Run;
  beforeAll(() => {
    run = runs.get(mount) as Run;
  });

  test("costs no caller its answer", () => {
    const wrong = run.calls.filter(({ outcome }) => outcome.text !== tokensFor(null).join(""));
    expect(wrong.map(({ outcome }) => `${outcome.status} ${outcome.errorCode} ${outcome.broke}`)).toEqual([]);
    expect(run.calls.length).toBeGreaterThan(100);
  });

  test.each([0, 2])("is asked by nothing but probes once its circuit is open (down for the time %s)", (phase) => {
    const attempts = attemptsIn(run, phase);
    const isOpenFrom = attempts.findIndex((_, at) => {
      const next = attempts[at + 1];
      return (next?.sinceLastMs ?? Number.POSITIVE_INFINITY) > PROBE_INTERVAL_MS / 2;
    });
    const untilOpen = attempts.slice(0, isOpenFrom + 1);
    const afterwards = attempts.slice(isOpenFrom + 1);
    const successes = phase === 0 ? 0 : attemptsIn(run, phase - 1).length;
    expect(afterwards.filter(({ sinceLastMs }) => (sinceLastMs ?? 0) < PROBE_INTERVAL_MS - SLACK_MS)).toEqual([]);
    const openFromMs = untilOpen.at(-1)?.faultAgeMs ?? 0;
    const underWay = run.calls.filter(({ atMs, outcome }) => atMs <= openFromMs && openFromMs <= atMs + outcome.ms);
    expect(untilOpen.length).toBeLessThanOrEqual(MIN_VOLUME + successes + underWay.length);
    const openMs = FLAP_MS * (phase + 1) - openFromMs;
    expect(afterwards.length).toBeLessThanOrEqual(Math.ceil(openMs / PROBE_INTERVAL_MS));
    const served = run.calls.filter((call) => isWithin(call, openFromMs, FLAP_MS * (phase + 1) - SLACK_MS));
    expect(served.length).toBeGreaterThan(10);
    expect(new Set(served.map(({ outcome }) => outcome.headers.get("x-switchyard-provider")))).toEqual(new Set([NEXT]));
  });

  test("gets its calls back within one probe interval of its recovery", () => {
    const [first, ...others] = attemptsIn(run, 1);
    expect(first?.status()).toBe(200);
    const backMs = (first?.faultAgeMs ?? Number.POSITIVE_INFINITY) - FLAP_MS;
    expect(backMs).toBeLessThanOrEqual(PROBE_INTERVAL_MS + SLACK_MS);
    const later = run.calls.filter((call) => isWithin(call, FLAP_MS + backMs + SLACK_MS, FLAP_MS * 2 - SLACK_MS));
    expect(later.length).toBeGreaterThan(10);
    expect(new Set(later.map(({ outcome }) => outcome.headers.get("x-switchyard-provider")))).toEqual(
      new Set([BROKEN]),
    );
    expect(others.every((attempt) => attempt.status() === 200)).toBe(true);
  });
});
