import { setTimeout as sleep } from "node:timers/promises";
import { type Attempt, caseMark, type FaultUpstream } from "../upstream/open-upstream.ts";
import { callByClient, callByFetch, type Outcome } from "./call.ts";
import { type Case, isHeavy, isLimiter } from "./cases.ts";
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

/**
 * Plays all cases, many at a time: first the light ones, then those of limits, which rest their target for everyone and
 * so come one after another in each family, then the heavy ones.
 */
export async function runCases(
  gateway: FaultGateway,
  upstream: FaultUpstream,
  cases: readonly Case[],
): Promise<Played[]> {
  const play = (one: Case) => playCase(gateway, upstream, one);
  const kinds = Map.groupBy(cases, kindOf);
  // The patient ones first: they wait while the others pass.
  const light = await inParallel((kinds.get("light") ?? []).toSorted(byPatience), CONCURRENCY, play);
  const queues = Map.groupBy(kinds.get("limit") ?? [], ({ family }) => family);
  const limits = await Promise.all([...queues.values()].map((queue) => inTurn(queue, play)));
  const heavy = await inParallel(kinds.get("heavy") ?? [], HEAVY_CONCURRENCY, play);
  return [...light, ...limits.flat(), ...heavy];
}

/** A target that is alone in its case is that case's own: nobody minds if it rests. */
function kindOf({ fault, chain }: Case): "light" | "limit" | "heavy" {
  if (isHeavy(fault)) return "heavy";
  return isLimiter(fault) && chain.length > 1 ? "limit" : "light";
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
