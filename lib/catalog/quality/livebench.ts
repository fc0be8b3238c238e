/** The parts of LiveBench that our functions are judged by; the rest of it (coding, mathematics) none of them needs. */
export type LiveBenchCategory = "reasoning" | "dataAnalysis" | "language" | "instructionFollowing";

/** How hard a model thinks before it answers. */
export type Effort = "none" | "low" | "medium" | "high";

export interface LiveBenchRow {
  effort: Effort;
  /** 0 to 100. */
  scores: Readonly<Record<LiveBenchCategory, number>>;
}

const row = (effort: Effort, ...[reasoning, dataAnalysis, language, instructionFollowing]: Four) => ({
  effort,
  scores: { reasoning, dataAnalysis, language, instructionFollowing },
});
type Four = [number, number, number, number];

/**
 * LiveBench, release 2026-01-08 (livebench.ai, table_2026_01_08.csv): the mean of a category's tasks, by the name of the
 * run there. How hard each run thought: LiveBench/LiveBench, livebench/model/model_configs.
 */
export const LIVEBENCH = {
  "claude-haiku-4-5-20251001": row("none", 33.9, 45.1, 57.0, 17.8),
  "claude-sonnet-4-5-20250929": row("none", 42.3, 47.0, 76.0, 23.5),
  "claude-sonnet-4-6-thinking-auto-high-effort": row("high", 86.4, 76.1, 77.7, 63.9),
  "claude-opus-4-5-20251101-high-effort": row("none", 54.9, 45.6, 77.1, 26.6),
  "claude-opus-4-8-high-effort": row("high", 89.7, 78.0, 81.6, 63.4),
  "claude-opus-4-8-medium-effort": row("medium", 84.5, 77.2, 80.4, 58.1),
  "deepseek-v4-flash": row("high", 70.6, 68.0, 70.1, 63.1),
  "deepseek-v4-pro": row("high", 82.7, 74.5, 78.1, 62.4),
  "gemini-3.1-pro-preview-high": row("high", 84.0, 78.5, 85.4, 79.1),
  "gemini-3-flash-preview-minimal": row("none", 49.2, 48.3, 78.6, 28.3),
  "glm-5.2": row("high", 78.6, 73.7, 76.2, 62.3),
  "gpt-5.2-2025-12-11-nothinking": row("none", 42.8, 47.7, 50.0, 27.2),
  "gpt-5.4-mini": row("none", 21.9, 47.4, 41.8, 18.9),
  "gpt-5.4-nano-medium": row("medium", 64.5, 48.7, 51.0, 50.9),
  "gpt-5.5-medium": row("medium", 87.3, 77.0, 85.6, 65.7),
  "gpt-oss-120b": row("medium", 39.2, 38.8, 48.6, 50.3),
  "grok-4.3": row("low", 70.8, 55.8, 73.6, 62.8),
  "qwen3.6-27b": row("high", 70.3, 70.4, 63.3, 53.2),
} satisfies Record<string, LiveBenchRow>;

export type LiveBenchRun = keyof typeof LIVEBENCH;
