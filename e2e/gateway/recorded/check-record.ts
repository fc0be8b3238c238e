import type { InvocationDetailDto } from "#lib/services/invocations/schemas.ts";
import { type Refused, refusalOf } from "./check-refusal.ts";
import type { Exchange } from "./exchange.ts";
import { Problems } from "./problems.ts";

/** What the provider said, for the ledger: its counts, and how it ended. */
export interface Recorded {
  tokens: Partial<Record<"inputTokens" | "outputTokens" | "cachedInputTokens" | "reasoningTokens", number>> | null;
  chargeUsd?: number | null;
  error: Refused | null;
  /** The provider was not asked: the model is known to lack what the request needs. */
  isForeseen?: true;
}

const NO_TOKENS = { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null };

/** Played as themselves: whoever stands in for another is not believed on what it charged. */
const SAYS_CHARGES = new Set(["openrouter", "perplexity", "xai"]);

/** A limit that does not say when it ends is met by two more attempts where there is no other target. */
const ATTEMPTS_AT_A_LIMIT = 3;

export function checkRecord(record: InvocationDetailDto, { recording, lane }: Exchange, recorded: Recorded): string[] {
  const problems = new Problems();
  const { tokens, chargeUsd = null, error, isForeseen } = recorded;
  const isUncounted = tokens === null && error === null;
  problems.compare("the ledger's tokens are an estimate", record.isUsageEstimated, isUncounted);
  for (const [field, count] of Object.entries(isUncounted ? {} : (tokens ?? NO_TOKENS))) {
    problems.compare(`the ledger's ${field}`, record[field as keyof InvocationDetailDto], count);
  }
  if (chargeUsd !== null && SAYS_CHARGES.has(lane.provider)) {
    problems.compare("the ledger's cost", record.costNanoUsd, String(Math.round(chargeUsd * 1e9)));
  }
  problems.compare("the ledger's status", record.status, error === null ? "succeeded" : "failed");
  if (isForeseen === true) {
    problems.compare("attempts and status", [record.attempts, record.httpStatus], [[], 400]);
    return problems.list;
  }
  problems.compare(
    "the ledger's provider and model",
    [record.provider, record.model, record.wire],
    [lane.provider, recording.model ?? "unknown", lane.wire],
  );
  problems.compare("attempts", record.attemptCount, recording.status === 429 ? ATTEMPTS_AT_A_LIMIT : 1);
  problems.compare("the attempt's kind", record.attempts.at(-1)?.failureKind, expectKind(recording, error));
  return problems.list;
}

/** Errors inside streams say themselves what they would have been: here always a 400. */
function expectKind(recording: Exchange["recording"], error: Recorded["error"]): string | null {
  if (error === null) return null;
  return recording.isStream ? "invalid-request" : refusalOf(recording, error).kind;
}
