import { setTimeout as sleep } from "node:timers/promises";
import { type Attempt, caseMark, type FaultUpstream } from "../upstream/open-upstream.ts";
import { callByClient, callByFetch, type Outcome } from "./call.ts";
import { type Case, isHeavy } from "./cases.ts";
import { inParallel } from "./in-parallel.ts";
import type { FaultGateway } from "./open-gateway.ts";

/** A case that was played: what the caller saw, and what its targets were asked. */
export interface Played {
  case: Case;
  outcome: Outcome;
  attempts: readonly Attempt[];
}

const CONCURRENCY = 32;

/** Beside others these would slow everything down, and prove nothing more. */
const HEAVY_CONCURRENCY = 2;

/** How long the longest limit rests its target for everyone. */
const REST_MS = 3_100;

function messageFor(caseId: string) {
  return [{ role: "user" as const, content: `Please answer ${caseMark(caseId)}` }];
}

/** Plays all cases, many at a time; those of one queue one after another, and heavy ones when the others are done. */
export async function runCases(
  gateway: FaultGateway,
  upstream: FaultUpstream,
  cases: readonly Case[],
): Promise<Played[]> {
  const play = (one: Case) => playCase(gateway, upstream, one);
  const heavy = cases.filter(({ fault }) => isHeavy(fault));
  // The patient ones first: they wait while the others pass.
  const free = [...cases.filter(({ fault, queue }) => queue === null && !isHeavy(fault))].sort(byPatience);
  const queues = Map.groupBy(
    cases.filter(({ queue }) => queue !== null),
    ({ queue }) => queue,
  );
  const played = await Promise.all([
    inParallel(free, CONCURRENCY, play),
    ...[...queues.values()].map((queue) => inTurn(queue, play)),
  ]);
  return [...played.flat(), ...(await inParallel(heavy, HEAVY_CONCURRENCY, play))];
}

function byPatience(one: Case, other: Case): number {
  return Number(isPatient(other)) - Number(isPatient(one));
}

function isPatient({ fault, mode }: Case): boolean {
  return mode === "plain" && ["silence", "slow-first-token", "stall-after-tokens"].includes(fault);
}

async function inTurn(queue: readonly Case[], play: (one: Case) => Promise<Played>): Promise<Played[]> {
  const played: Played[] = [];
  for (const one of queue) {
    played.push(await play(one));
    if (one.fault === "429-retry-after-long") await sleep(REST_MS);
  }
  return played;
}

async function playCase(gateway: FaultGateway, upstream: FaultUpstream, one: Case) {
  upstream.setCase(one.id, one.script);
  const call = one.client === "fetch" ? callByFetch : callByClient;
  const body = { model: one.model, messages: messageFor(one.id), stream: one.mode !== "plain" };
  const caller = { baseUrl: gateway.baseUrl, apiKey: gateway.apiKey(one.tenant) };
  const outcome = await call(caller, body, one.headers);
  return { case: one, outcome, attempts: upstream.attemptsOf(one.id) };
}
