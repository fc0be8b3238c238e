import { modelsOf } from "./models-of.ts";

const TOOLS_AND_JSON = { capabilities: ["tools", "json"] } as const;
const EMBEDDINGS = { capabilities: ["embeddings"] } as const;

/** Mistral's own: docs.mistral.ai/models. It takes documents in a form of its own alone, so none over our wires. */
const MISTRAL_CHAT = modelsOf(
  "mistral",
  {
    capabilities: ["tools", "vision", "json"],
    // Its answer begins with what it was given: docs.mistral.ai/api, `prefix`.
    prefill: "prefix-flag",
    // "extra_forbidden" for OpenAI's newer name of max_tokens: editor-code-assistant/eca#231.
    refuses: ["max_completion_tokens"],
  },
  [
    ["mistral-small-2603", "Mistral Small 4", 262_144, { capabilities: ["tools", "vision", "json", "reasoning"] }],
    ["mistral-medium-2508", "Mistral Medium 3.1", 131_072],
    [
      "mistral-medium-latest",
      "Mistral Medium 3.5",
      262_144,
      { capabilities: ["tools", "vision", "json", "reasoning"] },
    ],
    ["mistral-large-2512", "Mistral Large 3", 262_144],
  ],
);
const MISTRAL = [...MISTRAL_CHAT, ...modelsOf("mistral", EMBEDDINGS, [["mistral-embed", "Mistral Embed", 8_192]])];

/**
 * Cohere's own: docs.cohere.com/docs/models. Images are for Command A Vision, which has no published price by token.
 */
const COHERE = modelsOf("cohere", TOOLS_AND_JSON, [
  ["command-a-03-2025", "Command A", 256_000],
  ["command-r-plus-08-2024", "Command R+", 128_000],
  ["command-r-08-2024", "Command R", 128_000],
  ["command-r7b-12-2024", "Command R7B", 128_000, { capabilities: ["tools"] }],
  ["embed-v4.0", "Embed 4", 128_000, EMBEDDINGS],
]);

/**
 * DeepSeek's own: api-docs.deepseek.com/quick_start/pricing. No "json": it has a JSON mode but refuses a schema. No
 * prefill: `prefix` is a beta, at a base URL of its own. The flash model's newest name, deepseek-flash, serves the same
 * one and has no price in our list yet. Its limit is max_tokens: fields that api/create-chat-completion does not have
 * are ignored, OpenAI's newer name among them.
 */
const DEEPSEEK = modelsOf("deepseek", { capabilities: ["tools", "reasoning"], refuses: ["max_completion_tokens"] }, [
  ["deepseek-v4-flash", "DeepSeek V4 Flash", 1_000_000, { capabilities: ["tools", "vision", "reasoning"] }],
  ["deepseek-v4-pro", "DeepSeek V4 Pro", 1_000_000],
]);

/** xAI's own: docs.x.ai/developers/models. */
const XAI = modelsOf("xai", { capabilities: ["tools", "vision", "json", "reasoning"] }, [
  ["grok-4.6", "Grok 4.6", 500_000],
  ["grok-4.5", "Grok 4.5", 500_000],
  ["grok-4.3", "Grok 4.3", 1_000_000],
]);

/** Perplexity's own, which search the web: docs.perplexity.ai/getting-started/models. They call no tools. */
const PERPLEXITY = modelsOf("perplexity", { capabilities: ["vision", "json"] }, [
  ["sonar", "Sonar", 128_000],
  ["sonar-pro", "Sonar Pro", 200_000],
  // It thinks aloud before the JSON: docs.perplexity.ai/faq.
  ["sonar-reasoning-pro", "Sonar Reasoning Pro", 128_000, { capabilities: ["vision", "reasoning"] }],
]);

/** Models at those who made them. */
export const MAKERS_MODELS = [...MISTRAL, ...COHERE, ...DEEPSEEK, ...XAI, ...PERPLEXITY];
