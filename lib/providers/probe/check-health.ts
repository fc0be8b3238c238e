import type { ProviderAccount } from "../account.ts";
import type { GuardedTransport } from "../transport.ts";
import type { HealthAnswer } from "./contract.ts";
import { explainFailure } from "./explain.ts";
import { listModels } from "./list-models.ts";

interface CheckSettings {
  signal: AbortSignal;
  timeoutMs: number;
}

/** Nothing of a server's own words: a check is kept, and shown to people who have not asked for it. */
const withoutItsWords = () => "";

/** Whether a server answers, by the list of its models: the cheapest question that needs its key. */
export async function checkHealth(
  account: ProviderAccount,
  transport: GuardedTransport,
  { signal, timeoutMs }: CheckSettings,
): Promise<HealthAnswer | null> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const startedAt = performance.now();
  const listing = await listModels(account, transport, AbortSignal.any([signal, timeout]));
  if (signal.aborted) return null;
  const latencyMs = Math.round(performance.now() - startedAt);
  if (listing.kind === "listed") return { isUp: true, latencyMs, models: listing.models };
  // A server without such a list is there all the same.
  if (listing.kind === "none" || isOnlyTheList(listing.failure.httpStatus)) {
    return { isUp: true, latencyMs, models: null };
  }
  if (timeout.aborted) {
    const problem = `It did not answer within ${timeoutMs / 1000} s: look whether it is overloaded, or hangs.`;
    return { isUp: false, latencyMs, kind: "timeout", problem };
  }
  const { failure } = listing;
  return { isUp: false, latencyMs, kind: failure.kind, problem: explainFailure(failure, withoutItsWords) };
}

function isOnlyTheList(httpStatus: number | null): boolean {
  return httpStatus === 404 || httpStatus === 405;
}
