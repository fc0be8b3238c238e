import type { Mode } from "../contract/catalog.ts";
import type { AttemptRecord } from "../contract/invocation.ts";
import { type AttemptSummary, ERROR_STATUS, type ErrorCode, FAILURE_CODE, GatewayError } from "../errors.ts";
import { type FailureKind, NEXT_STEP, type ProviderFailure } from "../failures.ts";
import type { ExcludedTarget, RoutePlan } from "../routing/plan.ts";
import { DEADLINE_PASSED } from "./lease.ts";

/** Failures that the same call will meet again however long it waits. */
const LASTING: ReadonlySet<FailureKind> = new Set([
  "egress-refused",
  "provider-auth",
  "provider-quota",
  "invalid-request",
  "unsupported",
  "context-too-long",
  "content-filtered",
]);

/** A model or an address that the provider does not have, or has moved, stays so; so does a request over a limit. */
function isLasting({ kind, status }: AttemptSummary): boolean {
  if (LASTING.has(kind)) return true;
  if (kind === "rate-limited") return status === 413;
  return kind === "bad-response" && status !== null && status >= 300 && status < 500;
}

const DEFAULT_RETRY_AFTER_SECONDS = 1;

/** The one error that the caller gets when no target answered: what stopped the call, and every attempt. */
export function concludeFailure(failure: ProviderFailure, attempts: readonly AttemptRecord[]): GatewayError {
  const summaries = attempts.map(summarize);
  const code = codeFor(failure, summaries);
  // Its own words where it ended the call by itself, and where no target was tried at all.
  const isAlone = stopsCall(failure) || summaries.length === 0;
  const isForGood = summaries.length > 0 && summaries.every(isLasting);
  const canHelp = ERROR_STATUS[code] >= 429 && !isForGood;
  return new GatewayError(code, isAlone ? failure.message : explain(code, attempts), {
    param: failure.param,
    attempts: summaries,
    ...(canHelp && { retryAfterSeconds: retryAfterSeconds(failure) }),
  });
}

/** The error of a call that has no target to go to: it asks too much, nobody has an account, or all of them rest. */
export function concludeNoTarget({ mode, excluded }: RoutePlan): GatewayError {
  const reasons = excluded.map(({ reason }) => reason).join("; ");
  const waitsMs = excluded.flatMap(({ waitMs }) => (waitMs === null ? [] : [waitMs]));
  if (waitsMs.length > 0) {
    const isLimited = excluded.every(({ cause }) => cause !== "open");
    const code = isLimited ? "rate_limit_exceeded" : "all_targets_failed";
    const retryAfterSeconds = Math.max(1, Math.ceil(Math.min(...waitsMs) / 1000));
    return new GatewayError(code, `No target can be tried right now: ${reasons}.`, { attempts: [], retryAfterSeconds });
  }
  const incapable = excluded.find(({ cause }) => cause === "incapable");
  if (incapable !== undefined) {
    const { param } = excluded.find((one) => one.param !== null) ?? incapable;
    return new GatewayError("invalid_request", `No model of this route can serve the request: ${reasons}.`, { param });
  }
  if (excluded.some(({ cause }) => cause === "residency")) {
    return new GatewayError("residency_violation", `No target is inside of where calls may go: ${reasons}.`);
  }
  if (excluded.length === 0) {
    return new GatewayError("no_route", "This function has no models to go to: give it a route in the console.");
  }
  return new GatewayError("no_route", `${explainMissing(mode, excluded)} (${reasons}.)`);
}

/** What to do about accounts that are not there, by whose they would be. */
function explainMissing(mode: Mode, excluded: readonly ExcludedTarget[]): string {
  const unopened = excluded.some(({ cause }) => cause === "unopened");
  if (unopened) return "No connection of this route can be used: see Connections in the console.";
  const providers = [...new Set(excluded.map(({ provider }) => provider))];
  if (mode !== "platform-managed") return `Connect ${providers.join(" or ")} in the console, or change the route.`;
  const variables = providers.map((id) => `PLATFORM_${id.toUpperCase().replaceAll("-", "_")}_API_KEY`).join(" or ");
  return `The platform has no account at ${providers.join(", ")}: its operator has to set ${variables}.`;
}

/** The call ended in this failure whatever others there were: the caller's own doing, or what none would do better. */
function stopsCall({ kind, code }: ProviderFailure): boolean {
  return NEXT_STEP[kind] === "stop" || NEXT_STEP[kind] === "next-if-allowed" || code === DEADLINE_PASSED.code;
}

function codeFor(failure: ProviderFailure, attempts: readonly AttemptSummary[]): ErrorCode {
  const code = FAILURE_CODE[failure.kind];
  if (stopsCall(failure)) return code;
  return attempts.every(({ kind }) => FAILURE_CODE[kind] === code) ? code : "all_targets_failed";
}

function explain(code: ErrorCode, attempts: readonly AttemptRecord[]): string {
  const byTarget = Map.groupBy(attempts, ({ connectionId, model }) => `${connectionId}\n${model}`);
  const what = byTarget.size === 1 ? "The only target" : `All ${byTarget.size} targets`;
  const ended: Partial<Record<ErrorCode, string>> = {
    rate_limit_exceeded: "refused for its rate limit",
    upstream_timeout: "did not answer in time",
    context_length_exceeded: "cannot take this many tokens",
  };
  const list = [...byTarget.values()].map(explainTarget).join(" ");
  return `${what} ${ended[code] ?? "failed"}. ${list}`;
}

/** What it said in the end, and after how many tries. */
function explainTarget(attempts: readonly AttemptRecord[]): string {
  const { provider, model, message } = attempts.at(-1) as AttemptRecord;
  const tries = attempts.length === 1 ? "" : ` (tried ${attempts.length} times)`;
  return `${provider}/${model}${tries}: ${message}`;
}

function summarize({ provider, model, failureKind, httpStatus, message, latencyMs }: AttemptRecord): AttemptSummary {
  return {
    provider,
    model,
    kind: failureKind ?? "bad-response",
    status: httpStatus,
    message: message ?? "",
    ms: Math.round(latencyMs),
  };
}

function retryAfterSeconds({ retryAfterMs }: ProviderFailure): number {
  return Math.max(DEFAULT_RETRY_AFTER_SECONDS, Math.ceil((retryAfterMs ?? 0) / 1000));
}
