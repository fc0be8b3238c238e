import type { Feature, Translation } from "#lib/gateway/contract/wire.ts";
import type { TranslationKind } from "../registry/entry.ts";

const COMMON = ["tools", "tool-choice", "vision", "json", "reasoning"] as const satisfies readonly Feature[];

/**
 * What each library carries from a caller to its provider: the test beside this sends a call with each and looks into
 * what goes out. Which of it a model can do, the catalog says.
 */
export const TRANSLATIONS: Readonly<Record<TranslationKind, Translation>> = {
  "openai-compatible": {
    features: [...COMMON, "parallel-tool-calls", "files", "audio", "stop", "seed", "penalties"],
    hints: ["stream-options"],
    thoughts: ["unsealed"],
  },
  "openai-responses": {
    features: [...COMMON, "parallel-tool-calls", "files"],
    hints: ["user", "metadata", "service-tier", "store", "image-detail", "tool-errors", "stream-options"],
    thoughts: ["openai"],
  },
  "azure-openai": {
    features: [...COMMON, "parallel-tool-calls", "files"],
    hints: ["user", "metadata", "service-tier", "store", "image-detail", "tool-errors", "stream-options"],
    thoughts: ["openai"],
  },
  anthropic: {
    features: [...COMMON, "parallel-tool-calls", "files", "stop", "top-k"],
    hints: ["user", "prompt-cache", "tool-errors", "stream-options"],
    thoughts: ["anthropic"],
  },
  google: {
    features: [...COMMON, "files", "audio", "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["tool-errors", "stream-options"],
    thoughts: ["google", "unsealed"],
  },
  "google-vertex": {
    features: [...COMMON, "files", "audio", "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["tool-errors", "stream-options"],
    thoughts: ["google", "unsealed"],
  },
  // Top-k goes where Converse does not look for it.
  "amazon-bedrock": {
    features: [...COMMON, "parallel-tool-calls", "files", "stop", "embeddings"],
    hints: ["prompt-cache", "stream-options"],
    thoughts: ["anthropic"],
  },
  cohere: {
    features: [...COMMON, "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["image-detail", "stream-options"],
    thoughts: [],
  },
};
