import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import type { TranslationKind } from "../registry/entry.ts";

/** Where each kind says how its answer ended; everything about an event is its provider's and may be anything. */
interface RawEvent {
  type?: string;
  delta?: { stop_reason?: unknown; finish_reason?: unknown } | null;
  candidates?: { finishReason?: unknown }[] | null;
  choices?: { finish_reason?: unknown }[] | null;
  messageStop?: { stopReason?: unknown };
  response?: { incomplete_details?: { reason?: unknown } | null } | null;
}

/**
 * How an answer ended, from the event in which its provider says so; null: it does not, or in words for an end that may
 * be none. A library says it only at the end of the stream, with what came after: that one is the last word.
 */
export function readRawEnd(kind: TranslationKind, raw: unknown): FinishReason | null {
  if (typeof raw !== "object" || raw === null) return null;
  const word = WORDS[kind](raw);
  return typeof word === "string" ? (ENDS[word.toLowerCase()] ?? null) : null;
}

const responsesWord = ({ type, response }: RawEvent) =>
  type === "response.incomplete" ? response?.incomplete_details?.reason : type;
const geminiWord = ({ candidates }: RawEvent) => candidates?.[0]?.finishReason;

const WORDS: Readonly<Record<TranslationKind, (event: RawEvent) => unknown>> = {
  "openai-compatible": ({ choices }) => choices?.[0]?.finish_reason,
  "openai-responses": responsesWord,
  "azure-openai": responsesWord,
  anthropic: ({ delta }) => delta?.stop_reason,
  google: geminiWord,
  "google-vertex": geminiWord,
  "amazon-bedrock": ({ messageStop }) => messageStop?.stopReason,
  cohere: ({ delta }) => delta?.finish_reason,
};

/** Words for the end of a whole answer, in any case. */
const ENDS: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  stop: "stop",
  complete: "stop",
  "response.completed": "stop",
  max_tokens: "length",
  max_output_tokens: "length",
  length: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  tool_call: "tool-calls",
  tool_calls: "tool-calls",
  refusal: "content-filter",
  content_filter: "content-filter",
  content_filtered: "content-filter",
  guardrail_intervened: "content-filter",
  safety: "content-filter",
  prohibited_content: "content-filter",
};
