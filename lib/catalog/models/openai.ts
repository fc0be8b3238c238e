import type { Capability } from "#lib/gateway/contract/catalog.ts";
import { modelsOf, type Row } from "./models-of.ts";

const PLAIN: readonly Capability[] = ["tools", "vision", "files", "json"];

const REASONING = {
  capabilities: [...PLAIN, "reasoning"],
  // "Unsupported parameter": developers.openai.com/api/docs/guides/reasoning; a limit is max_completion_tokens there.
  refuses: ["temperature", "top_p", "logprobs", "max_tokens"],
} as const;

const LATER_REASONING = {
  ...REASONING,
  // From GPT-5.5 on, models reason unless told otherwise, and this wire refuses tools beside reasoning ("use
  // /v1/responses or set reasoning_effort to 'none'"): BerriAI/litellm#34569, openai/openai-openapi#541.
  lacksOverWire: { "openai-chat": ["tools"] },
} as const;

const EMBEDDINGS = { capabilities: ["embeddings"] } as const;

// Images and PDFs: developers.openai.com/api/docs/guides/images-vision and guides/pdf-files. Sound is for models of
// its own, none of which is here.
const ROWS: readonly Row[] = [
  ["gpt-4o", "GPT-4o", 128_000],
  ["gpt-4o-mini", "GPT-4o mini", 128_000],
  ["gpt-4.1", "GPT-4.1", 1_000_000],
  ["gpt-4.1-mini", "GPT-4.1 mini", 1_000_000],
  ["gpt-4.1-nano", "GPT-4.1 nano", 1_000_000],
  ["gpt-5", "GPT-5", 400_000, REASONING],
  ["gpt-5-mini", "GPT-5 mini", 400_000, REASONING],
  ["gpt-5-nano", "GPT-5 nano", 400_000, REASONING],
  ["gpt-5.1", "GPT-5.1", 400_000, REASONING],
  ["gpt-5.2", "GPT-5.2", 400_000, REASONING],
  ["gpt-5.4", "GPT-5.4", 1_050_000, REASONING],
  ["gpt-5.4-mini", "GPT-5.4 mini", 400_000, REASONING],
  ["gpt-5.4-nano", "GPT-5.4 nano", 400_000, REASONING],
  ["gpt-5.5", "GPT-5.5", 1_000_000, LATER_REASONING],
  ["gpt-5.6-sol", "GPT-5.6 Sol", 1_050_000, LATER_REASONING],
  ["gpt-5.6-terra", "GPT-5.6 Terra", 1_050_000, LATER_REASONING],
  ["gpt-5.6-luna", "GPT-5.6 Luna", 1_050_000, LATER_REASONING],
  ["gpt-6-sol", "GPT-6 Sol", 1_050_000, LATER_REASONING],
  ["gpt-6-luna", "GPT-6 Luna", 1_050_000, LATER_REASONING],
  ["text-embedding-3-small", "Text Embedding 3 small", 8_192, EMBEDDINGS],
  ["text-embedding-3-large", "Text Embedding 3 large", 8_192, EMBEDDINGS],
];

/** OpenAI's models, and the same ones at Azure, where an account may give a deployment another name. */
export const OPENAI_MODELS = ["openai", "azure-openai"].flatMap((provider) =>
  modelsOf(provider, { capabilities: PLAIN }, ROWS),
);
