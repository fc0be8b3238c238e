import type { Guard } from "#lib/egress/guarded-connector.ts";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { ProviderAccount } from "../account.ts";
import { createCleaner } from "../secret-words.ts";
import type { EgressTransport, GuardedTransport } from "../transport.ts";
import { boundedTransport } from "./bounded-transport.ts";
import { checkHealth } from "./check-health.ts";
import { probeConnection } from "./connect.ts";
import {
  type AccountProbe,
  type ListedModel,
  PROBE_STEPS,
  type ProbeReport,
  type ProbeStep,
  type ProbeTarget,
  type WantedModel,
} from "./contract.ts";
import { explainFailure } from "./explain.ts";
import { type Listing, listModels } from "./list-models.ts";
import { pickModel } from "./pick-model.ts";
import { tryCompletion, tryStream } from "./try-calls.ts";

interface ProbeSettings {
  transport: EgressTransport;
  guard: Guard;
  /** Of each step. */
  timeoutMs?: number;
  /** Of a check of a server's health. */
  healthTimeoutMs?: number;
}

const STEP_TIMEOUT_MS = 10_000;
/** A list of models is little work: a server that takes longer for it is not one to wait for. */
const HEALTH_TIMEOUT_MS = 5_000;

/** Asks accounts what they can do, over the same transport and rules as the calls that they will serve. */
export function createProbe(settings: ProbeSettings): AccountProbe {
  const { transport, guard, timeoutMs = STEP_TIMEOUT_MS, healthTimeoutMs = HEALTH_TIMEOUT_MS } = settings;
  const open = ({ account, rule, tenantId }: ProbeTarget): Probing => ({
    account,
    rule,
    tenantId,
    transport: boundedTransport(transport.under(rule, tenantId)),
    guard,
    timeoutMs,
    explain: (failure, signal) =>
      signal.aborted ? lateMessage(timeoutMs) : explainFailure(failure, createCleaner(account)),
  });
  return {
    test: (target, wanted) => test(open(target), wanted),
    async listModels(target) {
      const probing = open(target);
      const signal = AbortSignal.timeout(timeoutMs);
      const listing = await listModels(target.account, probing.transport, signal);
      if (listing.kind === "listed") return { models: listing.models, problem: null };
      const problem =
        listing.kind === "none"
          ? `${target.account.entry.name} does not list its models.`
          : probing.explain(listing.failure, signal);
      return { models: null, problem };
    },
    checkHealth: ({ account, rule, tenantId }, signal) =>
      checkHealth(account, boundedTransport(transport.under(rule, tenantId)), { signal, timeoutMs: healthTimeoutMs }),
  };
}

interface Probing extends Omit<ProbeTarget, "connectionId" | "regions"> {
  transport: GuardedTransport;
  guard: Guard;
  timeoutMs: number;
  explain(failure: ProviderFailure, signal: AbortSignal): string;
}

function lateMessage(timeoutMs: number): string {
  return `No answer came within ${timeoutMs / 1000} s: the server may be loading the model, so test again in a while.`;
}

/** What is known when a test is over, as far as it went. */
async function test(probing: Probing, wanted: WantedModel): Promise<ProbeReport> {
  const { account, rule, guard, timeoutMs } = probing;
  const connection = await probeConnection(account.baseUrl, rule, { guard, timeoutMs });
  if (connection.some(({ status }) => status === "failed")) return report(connection);
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  const listing = await listModels(account, probing.transport, signal);
  const ms = Math.round(performance.now() - startedAt);
  const listed = listing.kind === "listed" ? listing.models : null;
  const refusal = refusalOf(listing, probing, signal, ms);
  if (refusal !== null) return report([...connection, refusal]);
  const picked = pickModel(account, wanted, listed);
  const modelsStep: ProbeStep = { step: "models", ms: listed === null ? null : ms, ...picked.step };
  if (picked.model === null) {
    // Without a list nobody has looked at the key.
    const signIn = listed === null ? NOT_SIGNED_IN : SIGNED_IN(ms);
    return report([...connection, signIn, withAddress(modelsStep, listing, account)], { models: listed });
  }
  const calls = await tryCalls(probing, picked.model, listing);
  return report([...connection, calls.signIn, modelsStep, ...calls.steps], { models: listed, model: picked.model });
}

const SIGNED_IN = (ms: number | null): ProbeStep => ({
  step: "sign-in",
  status: "passed",
  ms,
  message: "The credentials are accepted.",
});

const NOT_SIGNED_IN: ProbeStep = { step: "sign-in", status: "skipped", ms: null, message: "It did not come to that." };

/** A server of one's own that is entered without the end of its address has nothing where its models should be. */
function withAddress(step: ProbeStep, listing: Listing, { entry, baseUrl }: ProviderAccount): ProbeStep {
  const isNothingThere = listing.kind === "failed" && listing.failure.httpStatus === 404;
  if (!isNothingThere || entry.hosting !== "self-hosted" || baseUrl.endsWith("/v1")) return step;
  const message =
    "It has no models at this address. Most servers are reached at one that ends in /v1: check it, or name a model to try.";
  return { ...step, status: "failed", message };
}

/** What the list's own failure says of the sign-in: nothing where there merely is no list, or not for this key. */
function refusalOf(listing: Listing, { account, explain }: Probing, signal: AbortSignal, ms: number): ProbeStep | null {
  if (listing.kind !== "failed") return null;
  const { httpStatus } = listing.failure;
  const isSelfHosted = account.entry.hosting === "self-hosted";
  const isRedirect = httpStatus !== null && httpStatus >= 300 && httpStatus < 400;
  const isOnlyTheList =
    httpStatus !== null && httpStatus !== 401 && !isRedirect && !(isSelfHosted && httpStatus === 200);
  if (isOnlyTheList && !signal.aborted) return null;
  return { step: "sign-in", status: "failed", ms, message: explain(listing.failure, signal) };
}

async function tryCalls(probing: Probing, model: string, listing: Listing) {
  const { account, transport, tenantId, timeoutMs, explain } = probing;
  const run = async (step: "completion" | "stream", attempt: typeof tryCompletion) => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(timeoutMs);
    const failure = await attempt({ account, transport, tenantId, model, signal });
    const ms = Math.round(performance.now() - startedAt);
    const message = failure === null ? `${model} answers.` : explain(failure, signal);
    const done: ProbeStep = { step, status: failure === null ? "passed" : "failed", ms, message };
    return { done, failure };
  };
  const completion = await run("completion", tryCompletion);
  const { failure } = completion;
  // Some servers list their models to everybody: only a call shows whether the key is good.
  if (failure?.kind === "provider-auth") {
    const signIn: ProbeStep = { ...completion.done, step: "sign-in" };
    return { signIn, steps: [] };
  }
  const isAnswered = failure === null || failure.httpStatus !== null || listing.kind === "listed";
  const signIn = isAnswered ? SIGNED_IN(null) : NOT_SIGNED_IN;
  if (failure !== null) return { signIn, steps: [completion.done] };
  const stream = await run("stream", tryStream);
  return { signIn, steps: [completion.done, stream.done] };
}

/** Every step there is, in order: those that it did not come to are skipped. */
function report(
  done: readonly ProbeStep[],
  found: { models?: ListedModel[] | null; model?: string } = {},
): ProbeReport {
  const steps = PROBE_STEPS.map(
    (step): ProbeStep =>
      done.find((one) => one.step === step) ?? { step, status: "skipped", ms: null, message: "Not tried." },
  );
  return { steps, model: found.model ?? null, models: found.models ?? null };
}
