import { readSentEvents, type SentEvent } from "#e2e/support/event-stream.ts";
import type { Json, Recording } from "#e2e/support/recordings.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import { readClaudeUsage } from "#lib/providers/translation/recorded-oracle.ts";

/** Tokens as the ledger has to have them. */
export interface RecordedTokens {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  reasoningTokens: number;
}

/** What a recording in one of the callers' wires holds, read without the gateway's code. */
export interface NativeAnswer {
  /** Events before the end; empty for a whole answer. An error that stands in a stream is left out, and what follows it. */
  events: SentEvent[];
  error: { message: string; code: string } | null;
  tokens: RecordedTokens | null;
  /** In US dollars; null where the provider does not say what it charged. */
  chargeUsd: number | null;
}

export function readNativeAnswer(wire: WireId, { body, isStream }: Recording): NativeAnswer {
  const text = body.toString();
  const events = isStream ? readSentEvents(text).filter(({ data }) => data !== "[DONE]") : [];
  const all: Json[] = isStream ? events.map(({ data }) => JSON.parse(data)) : [JSON.parse(text)];
  const failedAt = all.findIndex((one) => readError(one) !== null);
  return {
    events: failedAt < 0 ? events : events.slice(0, failedAt),
    error: failedAt < 0 ? null : readError(all[failedAt]),
    tokens: TOKENS[wire](all),
    chargeUsd: readCharge(all),
  };
}

/** In OpenAI's and in Anthropic's shape, of a failed response, or flat. */
function readError(one: Json): NativeAnswer["error"] {
  const error = one.error ?? one.response?.error ?? (one.object === "error" ? one : null);
  return error === null ? null : { message: error.message, code: String(error.code) };
}

/** OpenRouter's, Perplexity's and xAI's ways to say it. */
function readCharge(all: Json[]): number | null {
  const said = all.map((one) => one.usage ?? one.response?.usage).findLast((usage) => usage != null);
  if (said?.cost_in_usd_ticks != null) return said.cost_in_usd_ticks / 1e10;
  if (said?.cost == null) return null;
  const elsewhere = said.is_byok ? said.cost_details.upstream_inference_cost : 0;
  return (said.cost.total_cost ?? said.cost) + elsewhere;
}

const TOKENS: Readonly<Record<WireId, (all: Json[]) => RecordedTokens | null>> = {
  "openai-chat": (all) => lastOf(all, (one) => one.usage ?? one.x_groq?.usage, readChatUsage),
  "openai-embeddings": (all) => lastOf(all, ({ usage }) => usage, readChatUsage),
  "openai-responses": (all) => lastOf(all, (one) => one.response?.usage ?? one.usage, readResponsesUsage),
  "anthropic-messages": (all) => readMessagesUsage(all),
  "anthropic-count-tokens": () => null,
};

function lastOf(all: Json[], find: (one: Json) => Json, read: (usage: Json) => RecordedTokens): RecordedTokens | null {
  const usage = all.map(find).findLast((one) => one != null);
  return usage === undefined ? null : read(usage);
}

function readChatUsage(usage: Json): RecordedTokens {
  const cached = [usage.prompt_tokens_details?.cached_tokens, usage.prompt_cache_hit_tokens, usage.num_cached_tokens];
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
    cachedInputTokens: cached.find((count) => count != null) ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  };
}

function readResponsesUsage(usage: Json): RecordedTokens {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    reasoningTokens: usage.output_tokens_details?.reasoning_tokens ?? 0,
  };
}

/** Anthropic leaves cached tokens out of its input; a stream counts input at its start and output at its end. */
function readMessagesUsage(all: Json[]): RecordedTokens | null {
  const usages = all.map((one) => one.message?.usage ?? one.usage).filter((usage) => usage != null);
  if (usages.length === 0) return null;
  const usage = Object.assign({}, ...usages);
  return {
    ...readClaudeUsage(usage),
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? 0,
  };
}
