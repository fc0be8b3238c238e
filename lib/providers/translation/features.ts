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
    hints: ["earlier-reasoning", "stream-options"],
  },
  "openai-responses": {
    features: [...COMMON, "parallel-tool-calls", "files"],
    hints: ["user", "metadata", "service-tier", "store", "image-detail", "stream-options"],
  },
  "azure-openai": {
    features: [...COMMON, "parallel-tool-calls", "files"],
    hints: ["user", "metadata", "service-tier", "store", "image-detail", "stream-options"],
  },
  anthropic: {
    features: [...COMMON, "parallel-tool-calls", "files", "stop", "top-k"],
    hints: ["user", "prompt-cache", "stream-options"],
  },
  google: {
    features: [...COMMON, "files", "audio", "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["earlier-reasoning", "stream-options"],
  },
  "google-vertex": {
    features: [...COMMON, "files", "audio", "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["earlier-reasoning", "stream-options"],
  },
  // Top-k goes where Converse does not look for it.
  "amazon-bedrock": {
    features: [...COMMON, "parallel-tool-calls", "files", "stop", "embeddings"],
    hints: ["prompt-cache", "stream-options"],
  },
  cohere: {
    features: [...COMMON, "stop", "seed", "penalties", "top-k", "embeddings"],
    hints: ["image-detail", "stream-options"],
  },
};
