import type { Recording } from "#e2e/support/recordings.ts";
import type { Exchange } from "./exchange.ts";
import { Problems } from "./problems.ts";

/** The gateway's own status and code, and the attempt's kind. */
export interface Refusal {
  status: number;
  code: string;
  kind: string;
}

const MISSING: Refusal = { status: 502, code: "all_targets_failed", kind: "bad-response" };

const BY_STATUS: Readonly<Record<number, Refusal>> = {
  400: { status: 400, code: "invalid_request", kind: "invalid-request" },
  401: { status: 502, code: "all_targets_failed", kind: "provider-auth" },
  403: { status: 502, code: "all_targets_failed", kind: "provider-auth" },
  404: MISSING,
  429: { status: 429, code: "rate_limit_exceeded", kind: "rate-limited" },
};

/** The caller is told as of every fault of the request; another target would have been asked. */
const UNSUPPORTED: Refusal = { status: 400, code: "invalid_request", kind: "unsupported" };

const FILTERED: Refusal = { status: 400, code: "content_filter", kind: "content-filtered" };

const BY_CODE: Readonly<Record<string, Refusal>> = {
  content_filter: FILTERED,
  model_not_found: MISSING,
  unsupported_value: UNSUPPORTED,
};

/** What a provider refused with. */
export interface Refused {
  message: string;
  code: string;
  /** The field at fault, where it says. */
  param?: string | null;
}

/**
 * What the gateway makes of it. Azure refuses a prompt with a 200; Bedrock and OpenAI say with a 400 that they have no such
 * model, and OpenAI that this one does not know a value.
 */
export function refusalOf({ name, status }: Recording, { code, message }: Refused): Refusal {
  const isMissing = message === "The provided model identifier is invalid.";
  const refusal = BY_CODE[code] ?? (isMissing ? MISSING : BY_STATUS[status]);
  if (refusal === undefined) throw new Error(`${name}: nothing is expected of a ${status}.`);
  return refusal;
}

/** The provider's words reach the caller, with a status that says whether waiting helps. */
export function checkRefusal(
  { lane, recording, seen }: Exchange,
  refused: { message: string; code: string },
): string[] {
  const problems = new Problems();
  const { status, code } = refusalOf(recording, refused);
  const body = JSON.parse(seen.text).error;
  problems.compare("status", seen.response.status, status);
  problems.compare("client's status", seen.error?.status, status);
  problems.compare("x-should-retry", seen.response.headers.get("x-should-retry"), status === 429 ? null : "false");
  problems.contains("the message", body.message, refused.message);
  if (lane.wire.startsWith("openai")) problems.compare("code", body.code, code);
  return problems.list;
}

/** A model that cannot do what the request asks is not asked: the field that its provider would have named is. */
export function checkForeseen({ seen }: Exchange, refused: Refused): string[] {
  const problems = new Problems();
  const { code, param } = JSON.parse(seen.text).error;
  problems.compare("status and code", [seen.response.status, code], [400, "invalid_request"]);
  problems.compare("the field at fault", String(param).startsWith(refused.param ?? " "), true);
  return problems.list;
}

/** Counting is no call that fails: what the provider does not count is estimated. */
export function checkEstimate({ seen }: Exchange): string[] {
  const problems = new Problems();
  problems.compare("status", seen.response.status, 200);
  problems.compare("estimated", seen.response.headers.get("x-switchyard-estimated"), "true");
  problems.compare("tokens", JSON.parse(seen.text).input_tokens > 0, true);
  return problems.list;
}
