import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { type EmbeddingModel, embedMany } from "ai";
import { readAiSdkError } from "./ai-sdk.ts";
import type { ClientError, Gateway } from "./client.ts";
import { listen } from "./listen.ts";
import { openAi, readOpenAiError } from "./openai.ts";

/** One official client over the gateway's embeddings. */
export interface EmbeddingClient {
  name: string;
  embed(gateway: Gateway, model: string, texts: readonly string[]): Promise<Embedded>;
  readError(error: unknown): ClientError;
}

export interface Embedded {
  vectors: readonly (readonly number[])[];
  inputTokens: number;
  header(name: string): string | null;
}

/** It asks for base64 by itself, and reads that. */
const OPENAI: EmbeddingClient = {
  name: "openai · embeddings",
  async embed(gateway, model, texts) {
    const { fetch, header } = listen();
    const input = texts.length === 1 ? (texts[0] as string) : [...texts];
    const { data, usage } = await openAi(gateway, fetch).embeddings.create({ model, input });
    const vectors = data.map(({ embedding }) => Array.from(embedding));
    return { vectors, inputTokens: usage.prompt_tokens, header };
  },
  readError: readOpenAiError,
};

type Open = (
  settings: { apiKey: string; baseURL: string; fetch: typeof globalThis.fetch },
  id: string,
) => EmbeddingModel;

function aiSdk(name: string, open: Open): EmbeddingClient {
  return {
    name,
    async embed({ apiKey, baseUrl }, model, texts) {
      const { fetch, header } = listen();
      const opened = open({ apiKey, baseURL: `${baseUrl}/v1`, fetch }, model);
      const { embeddings, usage } = await embedMany({ model: opened, values: [...texts], maxRetries: 0 });
      return { vectors: embeddings, inputTokens: usage.tokens, header };
    },
    readError: readAiSdkError,
  };
}

export const EMBEDDING_CLIENTS: readonly EmbeddingClient[] = [
  OPENAI,
  aiSdk("ai + @ai-sdk/openai · embeddings", (settings, id) => createOpenAI(settings).embeddingModel(id)),
  aiSdk("ai + @ai-sdk/openai-compatible · embeddings", (settings, id) =>
    createOpenAICompatible({ ...settings, name: "switchyard" }).embeddingModel(id),
  ),
];
