import type { LiveBenchRun } from "./livebench.ts";

export interface Measurement {
  run: LiveBenchRun;
  /** The model that its maker has it replace was measured, not itself: a fallback may rest on that, a first pick not. */
  isForerunner?: true;
}

const own = (run: LiveBenchRun): Measurement => ({ run });
const forerunner = (run: LiveBenchRun): Measurement => ({ run, isForerunner: true });

/** From GPT-5.5 on the effort is medium unless a call says otherwise, before that none (from 5.1 on): OpenAI's docs. */
const OPENAI: Readonly<Record<string, Measurement>> = {
  "gpt-5.2": own("gpt-5.2-2025-12-11-nothinking"),
  "gpt-5.4-mini": own("gpt-5.4-mini"),
  "gpt-5.5": own("gpt-5.5-medium"),
  "gpt-5.6-sol": forerunner("gpt-5.5-medium"),
  "gpt-6-sol": forerunner("gpt-5.5-medium"),
  "gpt-5.6-luna": forerunner("gpt-5.4-nano-medium"),
  "gpt-6-luna": forerunner("gpt-5.4-nano-medium"),
};

/** Thinking is high for 3.1 Pro, medium for the Flash models, whose forerunner is published at minimal or high only. */
const GOOGLE: Readonly<Record<string, Measurement>> = {
  "gemini-3.1-pro-preview": own("gemini-3.1-pro-preview-high"),
  "gemini-3.8-flash": forerunner("gemini-3-flash-preview-minimal"),
};

/**
 * Without `thinking` in the call no Claude before Sonnet 5 and Opus 5 thinks (platform.claude.com, migration guides), and
 * of Opus 4.6 to 4.8 and Sonnet 4.6 only thinking runs are published. The later ones think by default, at high effort but
 * for Opus 5.5 (medium), and replace one each: "drop-in upgrade for Claude Opus 4.8".
 */
const HAIKU_4_5 = own("claude-haiku-4-5-20251001");
const SONNET_4_5 = own("claude-sonnet-4-5-20250929");
const OPUS_4_5 = own("claude-opus-4-5-20251101-high-effort");
const ANTHROPIC: Readonly<Record<string, Measurement>> = {
  "claude-haiku-4-5": HAIKU_4_5,
  "claude-sonnet-4-5": SONNET_4_5,
  "claude-opus-4-5": OPUS_4_5,
  "claude-sonnet-5": forerunner("claude-sonnet-4-6-thinking-auto-high-effort"),
  "claude-opus-5": forerunner("claude-opus-4-8-high-effort"),
  "claude-opus-5-5": forerunner("claude-opus-4-8-medium-effort"),
};

const OTHERS: Readonly<Record<string, Measurement>> = {
  "deepseek/deepseek-v4-flash": own("deepseek-v4-flash"),
  "deepseek/deepseek-v4-pro": own("deepseek-v4-pro"),
  "fireworks/accounts/fireworks/models/deepseek-v4-pro": own("deepseek-v4-pro"),
  "fireworks/accounts/fireworks/models/glm-5p2": own("glm-5.2"),
  // Low by default, and measured so: docs.x.ai, reasoning. Its successors think at high.
  "xai/grok-4.3": own("grok-4.3"),
  "xai/grok-4.5": forerunner("grok-4.3"),
  "xai/grok-4.6": forerunner("grok-4.3"),
  "groq/openai/gpt-oss-120b": own("gpt-oss-120b"),
  "groq/qwen/qwen3.6-27b": own("qwen3.6-27b"),
  "together/openai/gpt-oss-120b": own("gpt-oss-120b"),
  "fireworks/accounts/fireworks/models/gpt-oss-120b": own("gpt-oss-120b"),
  "cerebras/gpt-oss-120b": own("gpt-oss-120b"),
  "bedrock/openai.gpt-oss-120b-1:0": own("gpt-oss-120b"),
  ...Object.fromEntries(
    ["global", "eu", "us"].flatMap((part) => [
      [`bedrock/${part}.anthropic.claude-haiku-4-5-20251001-v1:0`, HAIKU_4_5],
      [`bedrock/${part}.anthropic.claude-sonnet-4-5-20250929-v1:0`, SONNET_4_5],
      [`bedrock/${part}.anthropic.claude-opus-4-5-20251101-v1:0`, OPUS_4_5],
    ]),
  ),
};

const at = (provider: string, models: Readonly<Record<string, Measurement>>) =>
  Object.fromEntries(Object.entries(models).map(([id, measurement]) => [`${provider}/${id}`, measurement]));

/**
 * Which published run tells what a call gets that asks for no effort of its own, by `provider/model`; the same weights
 * count alike wherever they are served. A model of which only harder thinking is published is not here (GPT-5.4, Claude
 * Opus 4.8, Gemini 3.5 Flash, which Google answers with 3.6 by now), nor is one that LiveBench never ran (Mistral, Cohere,
 * Nova, Llama, Kimi K3).
 */
export const MEASURED_AS: Readonly<Record<string, Measurement>> = {
  ...at("openai", OPENAI),
  ...at("azure-openai", OPENAI),
  ...at("anthropic", ANTHROPIC),
  ...at("google", GOOGLE),
  ...at("vertex", GOOGLE),
  ...OTHERS,
};
