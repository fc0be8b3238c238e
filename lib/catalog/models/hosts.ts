import { modelsOf } from "./models-of.ts";

// OpenAI's open models reason at an effort that can be set, wherever they run: developers.openai.com, gpt-oss.
const GPT_OSS = ["tools", "json", "reasoning"] as const;

/** console.groq.com/docs/models, /reasoning, /prompting (a last assistant message is gone on with). */
const GROQ = modelsOf("groq", { capabilities: GPT_OSS }, [
  ["openai/gpt-oss-120b", "GPT-OSS 120B", 131_072],
  ["openai/gpt-oss-20b", "GPT-OSS 20B", 131_072],
  ["qwen/qwen3-32b", "Qwen3 32B", 131_072],
  ["qwen/qwen3.6-27b", "Qwen3.6 27B", 131_072, { capabilities: ["tools", "vision", "json", "reasoning"] }],
  [
    "llama-3.3-70b-versatile",
    "Llama 3.3 70B",
    131_072,
    { capabilities: ["tools", "json"], prefill: "assistant-message" },
  ],
  ["llama-3.1-8b-instant", "Llama 3.1 8B", 131_072, { capabilities: ["tools", "json"], prefill: "assistant-message" }],
]);

/** docs.together.ai/docs/serverless-models. */
const TOGETHER = modelsOf("together", { capabilities: GPT_OSS }, [
  ["openai/gpt-oss-120b", "GPT-OSS 120B", 131_072],
  ["openai/gpt-oss-20b", "GPT-OSS 20B", 131_072],
  ["meta-llama/Llama-3.3-70B-Instruct-Turbo", "Llama 3.3 70B Turbo", 131_072, { capabilities: ["tools", "json"] }],
]);

/** docs.fireworks.ai and fireworks.ai/models: every one calls tools and writes JSON to a schema. */
const FIREWORKS = modelsOf("fireworks", { capabilities: GPT_OSS }, [
  ["accounts/fireworks/models/gpt-oss-120b", "GPT-OSS 120B", 131_072],
  ["accounts/fireworks/models/gpt-oss-20b", "GPT-OSS 20B", 131_072],
  ["accounts/fireworks/models/deepseek-v4-pro", "DeepSeek V4 Pro", 1_048_576],
  ["accounts/fireworks/models/glm-5p2", "GLM-5.2", 1_040_000],
  [
    "accounts/fireworks/models/kimi-k3",
    "Kimi K3",
    1_040_000,
    { capabilities: ["tools", "vision", "json", "reasoning"] },
  ],
]);

/** inference-docs.cerebras.ai/models: what is served to everyone. 65,536 tokens only without a paid plan. */
const CEREBRAS = modelsOf("cerebras", { capabilities: GPT_OSS }, [["gpt-oss-120b", "GPT-OSS 120B", 131_072]]);

/**
 * What is not Claude at Bedrock: docs.aws.amazon.com/bedrock/latest/userguide, conversation-inference-supported-models-
 * features. JSON is asked for by way of a tool there.
 */
const BEDROCK = modelsOf("bedrock", { capabilities: ["tools", "vision", "files", "json"] }, [
  ["amazon.nova-pro-v1:0", "Nova Pro", 300_000],
  ["amazon.nova-lite-v1:0", "Nova Lite", 300_000],
  ["amazon.nova-micro-v1:0", "Nova Micro", 128_000, { capabilities: ["tools", "json"] }],
  ["global.amazon.nova-2-lite-v1:0", "Nova 2 Lite (global)", 1_000_000],
  ["us.amazon.nova-2-lite-v1:0", "Nova 2 Lite (US)", 1_000_000],
  ["openai.gpt-oss-120b-1:0", "GPT-OSS 120B", 128_000, { capabilities: ["tools", "json"] }],
  ["amazon.titan-embed-text-v2:0", "Titan Text Embeddings V2", 8_192, { capabilities: ["embeddings"] }],
]);

/** Models of others, where they are run for all. */
export const HOSTS_MODELS = [...GROQ, ...TOGETHER, ...FIREWORKS, ...CEREBRAS, ...BEDROCK];
