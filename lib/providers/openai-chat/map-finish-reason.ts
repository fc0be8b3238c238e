import type { FinishReason } from "#lib/gateway/contract/wire.ts";

const KNOWN: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  // Mistral's, vLLM's and older servers' words for the same.
  eos_token: "stop",
  length: "length",
  model_length: "length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
};

export function mapFinishReason(reason: string | null | undefined): FinishReason | null {
  if (reason === null || reason === undefined || reason === "") return null;
  return KNOWN[reason] ?? "other";
}
