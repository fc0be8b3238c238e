import type { FinishReason } from "#lib/gateway/contract/wire.ts";

const KNOWN: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  refusal: "content-filter",
};

/** Whatever else there is, such as `pause_turn`, is whole in its own way. */
export function mapFinishReason(reason: string | null | undefined): FinishReason | null {
  if (reason === null || reason === undefined || reason === "") return null;
  return Object.hasOwn(KNOWN, reason) ? (KNOWN[reason] as FinishReason) : "other";
}
