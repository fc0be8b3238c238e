import { modelsOf } from "./models-of.ts";

const CAPABILITIES = {
  // JSON to a schema is native from the 4.5 models on: platform.claude.com/docs, structured outputs. PDFs, thinking
  // and images: the model overview there.
  capabilities: ["tools", "vision", "files", "json", "reasoning"],
} as const;

// "Prefilling assistant messages returns a 400 error" from 4.6 on: platform.claude.com/docs, migration guide.
const TAKES_PREFILL = { prefill: "assistant-message" } as const;

// "`temperature` is deprecated for this model", a 400, from Opus 4.7 and Sonnet 5 on.
const REFUSES_SAMPLING = { refuses: ["temperature", "top_p"] } as const;

/** Claude at Anthropic. */
export const ANTHROPIC_MODELS = modelsOf("anthropic", CAPABILITIES, [
  ["claude-haiku-4-5", "Claude Haiku 4.5", 200_000, TAKES_PREFILL],
  ["claude-sonnet-4-5", "Claude Sonnet 4.5", 200_000, TAKES_PREFILL],
  ["claude-sonnet-4-6", "Claude Sonnet 4.6", 1_000_000],
  ["claude-sonnet-5", "Claude Sonnet 5", 1_000_000, REFUSES_SAMPLING],
  ["claude-opus-4-5", "Claude Opus 4.5", 200_000, TAKES_PREFILL],
  ["claude-opus-4-6", "Claude Opus 4.6", 1_000_000],
  ["claude-opus-4-7", "Claude Opus 4.7", 1_000_000, REFUSES_SAMPLING],
  ["claude-opus-4-8", "Claude Opus 4.8", 1_000_000, REFUSES_SAMPLING],
  ["claude-opus-5", "Claude Opus 5", 1_000_000, REFUSES_SAMPLING],
  ["claude-opus-5-5", "Claude Opus 5.5", 1_000_000, REFUSES_SAMPLING],
]);

/**
 * Claude at Bedrock, by inference profile: which part of the world a call may be served from stands at the front of its
 * id. docs.aws.amazon.com/bedrock/latest/userguide: inference-profiles-support, structured-output.
 */
export const BEDROCK_CLAUDE_MODELS = modelsOf("bedrock", CAPABILITIES, [
  ["global.anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5 (global)", 200_000, TAKES_PREFILL],
  ["eu.anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5 (EU)", 200_000, TAKES_PREFILL],
  ["us.anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5 (US)", 200_000, TAKES_PREFILL],
  ["global.anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5 (global)", 200_000, TAKES_PREFILL],
  ["eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5 (EU)", 200_000, TAKES_PREFILL],
  ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5 (US)", 200_000, TAKES_PREFILL],
  ["global.anthropic.claude-opus-4-5-20251101-v1:0", "Claude Opus 4.5 (global)", 200_000, TAKES_PREFILL],
  ["eu.anthropic.claude-opus-4-5-20251101-v1:0", "Claude Opus 4.5 (EU)", 200_000, TAKES_PREFILL],
  ["us.anthropic.claude-opus-4-5-20251101-v1:0", "Claude Opus 4.5 (US)", 200_000, TAKES_PREFILL],
  ["global.anthropic.claude-sonnet-4-6", "Claude Sonnet 4.6 (global)", 1_000_000],
  ["us.anthropic.claude-sonnet-4-6", "Claude Sonnet 4.6 (US)", 1_000_000],
  ["us.anthropic.claude-opus-4-8", "Claude Opus 4.8 (US)", 1_000_000, REFUSES_SAMPLING],
]);
