/** What a recording holds, read without the gateway's code. */
export interface RecordedAnswer {
  text: string;
  toolCalls: { id: string | null; name: string; input: unknown }[];
  finishReason: string;
  usage: { inputTokens: number; outputTokens: number; cachedInputTokens: number } | null;
}
