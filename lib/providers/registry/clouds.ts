import type { ProviderEntry } from "./entry.ts";
import { apiKey, BASE_URL, CLOUD_TIMEOUTS } from "./fields.ts";

/** Makers of models, each over the wire of its own. */
export const CLOUDS: readonly ProviderEntry[] = [
  {
    id: "openai",
    name: "OpenAI",
    docsUrl: "https://developers.openai.com/api/reference/overview",
    hosting: "cloud",
    wires: {
      "openai-chat": { path: "/chat/completions", streamUsage: "on-request" },
      "openai-responses": { path: "/responses" },
      "openai-embeddings": { path: "/embeddings" },
    },
    translation: "openai-responses",
    auth: "bearer",
    baseUrl: "https://api.openai.com/v1",
    fields: [apiKey("Made at platform.openai.com/api-keys; begins with sk-."), BASE_URL],
    regions: [],
    capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
    prefill: null,
    timeouts: CLOUD_TIMEOUTS,
  },
  {
    id: "anthropic",
    name: "Anthropic",
    docsUrl: "https://platform.claude.com/docs/en/api/overview",
    hosting: "cloud",
    // Its OpenAI-compatible endpoint ignores response_format, seed and more: docs/en/api/openai-sdk.
    wires: {
      "anthropic-messages": { path: "/messages" },
      "anthropic-count-tokens": { path: "/messages/count_tokens" },
    },
    translation: "anthropic",
    auth: "x-api-key",
    baseUrl: "https://api.anthropic.com/v1",
    fields: [apiKey("Made at platform.claude.com/settings/keys; begins with sk-ant-."), BASE_URL],
    regions: [],
    capabilities: ["tools", "vision", "files", "json", "reasoning"],
    // Up to the 4.5 models; the catalog says which.
    prefill: "assistant-message",
    timeouts: CLOUD_TIMEOUTS,
  },
  {
    id: "google",
    name: "Google Gemini",
    docsUrl: "https://ai.google.dev/api/generate-content",
    hosting: "cloud",
    // Its OpenAI-compatible endpoint leaves fields out silently: ai.google.dev/gemini-api/docs/openai.
    wires: {},
    translation: "google",
    auth: "x-goog-api-key",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    fields: [apiKey("Made at aistudio.google.com/apikey."), BASE_URL],
    regions: [],
    capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
    prefill: null,
    timeouts: CLOUD_TIMEOUTS,
  },
  {
    id: "cohere",
    name: "Cohere",
    docsUrl: "https://docs.cohere.com/reference/chat",
    hosting: "cloud",
    wires: {},
    translation: "cohere",
    auth: "bearer",
    baseUrl: "https://api.cohere.com/v2",
    fields: [apiKey("Made at dashboard.cohere.com/api-keys."), BASE_URL],
    regions: [],
    capabilities: ["tools", "vision", "json", "reasoning", "embeddings"],
    prefill: null,
    timeouts: CLOUD_TIMEOUTS,
  },
];
