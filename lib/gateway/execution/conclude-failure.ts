import type { AttemptRecord } from "../contract/invocation.ts";
import { type AttemptSummary, ERROR_STATUS, type ErrorCode, FAILURE_CODE, GatewayError } from "../errors.ts";
import { type FailureKind, NEXT_STEP, type ProviderFailure } from "../failures.ts";
import type { RoutePlan } from "../routing/plan.ts";

/** Failures that the same call will meet again however long it waits. */
const LASTING: ReadonlySet<FailureKind> = new Set([
  "provider-auth",
  "provider-quota",
  "invalid-request",
  "context-too-long",
  "content-filtered",
]);

/** A model or an address that the provider does not have stays missing, too. */
function isLasting({ kind, status }: AttemptSummary): boolean {
  return LASTING.has(kind) || status === 404;
}

const DEFAULT_RETRY_AFTER_SECONDS = 1;

/** The one error that the caller gets when no target answered: what stopped the call, and every attempt. */
export function concludeFailure(failure: ProviderFailure, attempts: readonly AttemptRecord[]): GatewayError {
  const summaries = attempts.map(summarize);
  const code = codeFor(failure, summaries);
  const isStopped = NEXT_STEP[failure.kind] === "stop";
  const canHelp = ERROR_STATUS[code] >= 429 && !summaries.every(isLasting);
  return new GatewayError(code, isStopped ? failure.message : explain(code, summaries), {
    param: failure.param,
    attempts: summaries,
    ...(canHelp && { retryAfterSeconds: retryAfterSeconds(failure) }),
  });
}

/** The error of a call that has no target to go to. */
export function concludeNoTarget(plan: RoutePlan): GatewayError {
  const incapable = plan.excluded.find(({ param }) => param !== null);
  if (incapable !== undefined) {
    const reasons = plan.excluded.map(({ reason }) => reason).join("; ");
    return new GatewayError("invalid_request", `No model of this route can serve the request: ${reasons}.`, {
      param: incapable.param,
    });
  }
  const providers = [...new Set(plan.excluded.map(({ provider }) => provider))];
  const variables = providers.map((id) => `PLATFORM_${id.toUpperCase().replaceAll("-", "_")}_API_KEY`).join(" or ");
  return new GatewayError(
    "no_route",
    `The platform has no account at ${providers.join(", ")}: its operator has to set ${variables}.`,
  );
}

function codeFor(failure: ProviderFailure, attempts: readonly AttemptSummary[]): ErrorCode {
  const code = FAILURE_CODE[failure.kind];
  if (NEXT_STEP[failure.kind] === "stop") return code;
  return attempts.every(({ kind }) => FAILURE_CODE[kind] === code) ? code : "all_targets_failed";
}

function explain(code: ErrorCode, attempts: readonly AttemptSummary[]): string {
  const what = attempts.length === 1 ? "The only target" : `All ${attempts.length} targets`;
  const ended: Partial<Record<ErrorCode, string>> = {
    rate_limit_exceeded: "refused for its rate limit",
    upstream_timeout: "did not answer in time",
    context_length_exceeded: "cannot take this many tokens",
  };
  const list = attempts.map(({ provider, model, message }) => `${provider}/${model}: ${message}`).join(" ");
  return `${what} ${ended[code] ?? "failed"}. ${list}`;
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
