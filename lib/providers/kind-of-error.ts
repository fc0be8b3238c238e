import type { FailureKind } from "#lib/gateway/failures.ts";

/** What a provider says of an error. The message may quote the caller; `type` and `code` are its own. */
export interface ErrorWords {
  message: string;
  type: string | null;
  code: string | null;
}

/** What an answer with an error status means, by its status and, where that does not tell, by the provider's words. */
export function kindOfError(status: number, words: ErrorWords): FailureKind {
  if (status === 401) return "provider-auth";
  if (status === 402) return "provider-quota";
  // Limits are told in words of quotas, plans and billing pages too: only some names and sentences mean that money is due.
  if (status === 429) return isOutOfMoney(words) ? "provider-quota" : "rate-limited";
  if (status === 408 || status === 504) return "timeout";
  if (status === 503 || status === 529) return "overloaded";
  const told = meaningOf(words);
  // Some say with a 500 that a prompt does not fit: it would fit no better a moment later.
  if (status >= 500) return told === "context-too-long" ? told : "server-error";
  if (told !== null) return told;
  if (status === 403) return "provider-auth";
  // A model or an address that this provider does not have, or has moved: another target may have it.
  if (status === 404 || status < 400) return "bad-response";
  return "invalid-request";
}

/** Anthropic's types that are a status elsewhere. */
const STREAM_ERROR_KINDS: ReadonlyMap<string, FailureKind> = new Map([
  ["authentication_error", "provider-auth"],
  ["permission_error", "provider-auth"],
  ["billing_error", "provider-quota"],
  ["not_found_error", "bad-response"],
  ["timeout_error", "timeout"],
]);

/** What an error without a status means: the stream's, or that of a 200's body. */
export function kindOfStreamError(words: ErrorWords): FailureKind {
  const named = namesOf(words);
  if (/rate_limit/.test(named)) return "rate-limited";
  if (/overloaded/.test(named)) return "overloaded";
  if (/invalid_request|tool_use_failed/.test(named)) return kindOfError(400, words);
  return STREAM_ERROR_KINDS.get(words.type ?? "") ?? meaningOf(words) ?? "server-error";
}

/**
 * What providers say with a 400 or a 403 that is neither the request's fault nor the key's. Beside OpenAI's codes:
 * Azure's, Anthropic's, xAI's, DeepSeek's, OpenAI's and OpenRouter's refusals of a content; xAI's, llama.cpp's, vLLM's
 * and Hugging Face's words for a prompt that does not fit; models that are gone, as Groq, Mistral, Perplexity, DeepSeek,
 * OpenRouter and LiteLLM say it; xAI's for a key. Last, fields that OpenAI's wire has and this provider or model has
 * not, as Mistral, vLLM, Groq, OpenAI, xAI and DeepSeek say it: another one has them.
 */
const MEANINGS: readonly [said: RegExp, kind: FailureKind][] = [
  [/content_filter|content_policy_violation|content filtering|content management policy/, "content-filtered"],
  [/responsibleaipolicy|violates usage guidelines|content exists risk/, "content-filtered"],
  [/prompt was flagged as potentially violating|your input was flagged/, "content-filtered"],
  [/context_length|context length|context window|maximum context|context limit|prompt is too long/, "context-too-long"],
  [/exceed_context_size|available context size|maximum prompt length|maximum model length/, "context-too-long"],
  [/`inputs` (tokens \+|must have less than)/, "context-too-long"],
  [/incorrect api key provided/, "provider-auth"],
  [/model_decommissioned|model_not_found|model not exist|is not a valid model id/, "bad-response"],
  [/\binvalid_model\b|\binvalid model(:| name| ')/, "bad-response"],
  [/extra_forbidden|unsupported_parameter|unsupported_value|\bproperty '[^']+' is unsupported/, "unsupported"],
  [/\bunsupported (parameter|value): |does not support parameter|unrecognized request argument/, "unsupported"],
  [/(unknown variant|input tag) [`']developer[`']/, "unsupported"],
];

function meaningOf(words: ErrorWords): FailureKind | null {
  if (isOutOfMoney(words)) return "provider-quota";
  // Groq's 413 for a request that alone is over the limit of a minute.
  if (/rate_limit_exceeded/.test(namesOf(words))) return "rate-limited";
  const said = `${namesOf(words)} ${words.message}`.toLowerCase();
  return MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/** By OpenAI's codes, or in Anthropic's, xAI's and Google's words. */
function isOutOfMoney(words: ErrorWords): boolean {
  const spent = /credit balance is too low|used all available credits|credits are depleted|monthly spending cap/i;
  return /insufficient_quota|billing/.test(namesOf(words)) || spent.test(words.message);
}

function namesOf({ type, code }: ErrorWords): string {
  return `${type ?? ""} ${code ?? ""}`.toLowerCase();
}
