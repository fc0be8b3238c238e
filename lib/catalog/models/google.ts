import { modelsOf, type Row } from "./models-of.ts";

// Text, images, PDFs and sound in: ai.google.dev/gemini-api/docs/models.
const COMMON = { capabilities: ["tools", "vision", "files", "audio", "json", "reasoning"] } as const;

// Not refused, but Google warns of loops below the default of 1: ai.google.dev/gemini-api/docs/gemini-3.
const KEEPS_TEMPERATURE = { refuses: ["temperature"] } as const;

const EMBEDDINGS = { capabilities: ["embeddings"] } as const;

const EVERYWHERE: readonly Row[] = [
  ["gemini-2.5-pro", "Gemini 2.5 Pro", 1_048_576],
  ["gemini-2.5-flash", "Gemini 2.5 Flash", 1_048_576],
  ["gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite", 1_000_000],
  ["gemini-3.1-pro-preview", "Gemini 3.1 Pro", 1_048_576, KEEPS_TEMPERATURE],
  ["gemini-3.5-flash", "Gemini 3.5 Flash", 1_000_000, KEEPS_TEMPERATURE],
  ["gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", 1_000_000, KEEPS_TEMPERATURE],
  ["gemini-3.8-flash", "Gemini 3.8 Flash", 1_000_000, KEEPS_TEMPERATURE],
  ["gemini-embedding-001", "Gemini Embedding 001", 2_048, EMBEDDINGS],
  ["gemini-embedding-2", "Gemini Embedding 2", 8_192, EMBEDDINGS],
];

/** Gemini over Google's own API, and at Vertex AI: docs.cloud.google.com/vertex-ai/generative-ai/docs/models. */
export const GOOGLE_MODELS = [
  ...modelsOf("google", COMMON, [
    ...EVERYWHERE,
    ["gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", 1_000_000, KEEPS_TEMPERATURE],
  ]),
  ...modelsOf("vertex", COMMON, EVERYWHERE),
];
