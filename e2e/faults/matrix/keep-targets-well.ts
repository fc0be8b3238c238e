import { setTimeout as sleep } from "node:timers/promises";
import type { FaultUpstream } from "../upstream/open-upstream.ts";
import { callByFetch } from "./call.ts";
import { sharedTargets } from "./cases.ts";
import { inParallel } from "./in-parallel.ts";
import type { FaultGateway } from "./open-gateway.ts";

type SharedTarget = ReturnType<typeof sharedTargets>[number];

/** Shorter than the window over which a circuit breaker counts. */
const WINDOW_MS = 25_000;
/** Successes beyond those that outweigh the failures so far: for the failures of the next moment. */
const MARGIN = 200;
const LOOK_EVERY_MS = 200;
const CONCURRENCY = 6;

/**
 * Keeps the circuits of the targets that many cases share closed: by calls that succeed there, always twice as many as
 * attempts of cases. `stop` ends it, and throws when such a call was not answered.
 */
export async function keepTargetsWell(
  gateway: FaultGateway,
  upstream: FaultUpstream,
): Promise<{ stop(): Promise<void> }> {
  const done = new AbortController();
  const keepers = sharedTargets().map((target) => createKeeper(gateway, upstream, target));
  await Promise.all(keepers.map((top) => top()));
  const goOn = async () => {
    while (!done.signal.aborted) {
      await Promise.all(keepers.map((top) => top()));
      await sleep(LOOK_EVERY_MS, undefined, { signal: done.signal }).catch(() => {});
    }
  };
  const ended = goOn();
  // Looked at when it is stopped.
  ended.catch(() => {});
  return {
    stop() {
      done.abort();
      return ended;
    },
  };
}

/** Tops up one target's successes. */
function createKeeper(gateway: FaultGateway, upstream: FaultUpstream, target: SharedTarget): () => Promise<void> {
  let successesAtMs: number[] = [];
  return async () => {
    const sinceMs = performance.now() - WINDOW_MS;
    successesAtMs = successesAtMs.filter((atMs) => atMs > sinceMs);
    const missing = MARGIN + 2 * attemptsSince(upstream, target, sinceMs) - successesAtMs.length;
    await inParallel(Array.from({ length: Math.max(0, missing) }), CONCURRENCY, async () => {
      if (await callHealthy(gateway, target)) successesAtMs.push(performance.now());
    });
  };
}

/** Attempts of cases on the target, whatever came of them. */
function attemptsSince({ attempts }: FaultUpstream, { lane, model }: SharedTarget, sinceMs: number): number {
  const from = attempts.findLastIndex(({ atMs }) => atMs <= sinceMs) + 1;
  return attempts
    .slice(from)
    .filter(
      (one) => one.lane === lane && one.caseId !== null && (one.body?.model === model || one.path.includes(model)),
    ).length;
}

const MESSAGES = [{ role: "user" as const, content: "Are you well?" }];

/** False where it was told to rest, which it does for everyone. */
async function callHealthy(gateway: FaultGateway, { tenant, lane, model }: SharedTarget): Promise<boolean> {
  const caller = { baseUrl: gateway.baseUrl, apiKey: gateway.apiKey(tenant) };
  const body = { model: `${lane}/${model}`, messages: MESSAGES, stream: false };
  const { status, raw } = await callByFetch(caller, body, {});
  if (status !== 200 && status !== 429) throw new Error(`A healthy target does not answer: ${raw}`);
  return status === 200;
}
