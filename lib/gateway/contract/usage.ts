/** Tokens as the provider counted them. `inputTokens` counts cached ones in, `outputTokens` counts reasoning in. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  /** What the provider says that it charged, in nano-dollars, where it says: it counts before any price list. */
  chargedNanoUsd?: bigint;
}
