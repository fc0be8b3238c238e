import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import { type ProviderAccount, upstreamModel } from "../account.ts";
import type { TranslationKind } from "../registry/entry.ts";
import { wireUrl } from "../request-parts.ts";
import { withoutCitations } from "./cohere-fetch.ts";

/** What a library's models are made of: an account, and our transport as the library's `fetch`. */
export interface ModelInput {
  account: ProviderAccount;
  /** The provider's own name for the model. */
  model: string;
  fetch: typeof globalThis.fetch;
  /** An access token of the account's, for those whose requests carry one. */
  accessToken(): Promise<string>;
}

/** Loaded when the first call needs it: each library costs its own time and memory. */
interface Library {
  language(input: ModelInput): Promise<LanguageModelV4>;
  /** Null where embeddings are had over OpenAI's wire, or not at all. */
  embedding: ((input: ModelInput) => Promise<EmbeddingModelV4>) | null;
}

/**
 * Settings that are left out would be read from the environment of the process, which is the operator's: every one is
 * given, if need be as an empty text.
 */
export const LIBRARIES: Readonly<Record<TranslationKind, Library>> = {
  "openai-compatible": { language: openAiCompatible, embedding: null },
  "openai-responses": { language: openAi, embedding: null },
  "azure-openai": { language: azureOpenAi, embedding: null },
  anthropic: { language: anthropic, embedding: null },
  google: {
    language: async (input) => (await google(input)).languageModel(input.model),
    embedding: async (input) => (await google(input)).embeddingModel(input.model),
  },
  "google-vertex": {
    language: async (input) => (await googleVertex(input)).languageModel(input.model),
    embedding: async (input) => (await googleVertex(input)).embeddingModel(input.model),
  },
  "amazon-bedrock": {
    language: async (input) => (await amazonBedrock(input)).languageModel(input.model),
    embedding: async (input) => (await amazonBedrock(input)).embeddingModel(input.model),
  },
  cohere: {
    language: async (input) => (await cohere(input)).languageModel(input.model),
    embedding: async (input) => (await cohere(input)).embeddingModel(input.model),
  },
};

async function openAiCompatible({ account, model, fetch }: ModelInput): Promise<LanguageModelV4> {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const provider = createOpenAICompatible({
    // The name under which its settings are looked for as well.
    name: "openaiCompatible",
    baseURL: withoutEnd(wireUrl(account, "openai-chat", model), "/chat/completions"),
    apiKey: keyOf(account),
    fetch,
    includeUsage: account.entry.wires["openai-chat"]?.streamUsage !== "always",
    supportsStructuredOutputs: true,
    supportedUrls: () => ({ "image/*": [/^https?:\/\//] }),
  });
  return provider.languageModel(model);
}

async function openAi({ account, model, fetch }: ModelInput): Promise<LanguageModelV4> {
  const { createOpenAI } = await import("@ai-sdk/openai");
  return createOpenAI({ baseURL: account.baseUrl, apiKey: keyOf(account), fetch }).responses(model);
}

async function azureOpenAi({ account, model, fetch }: ModelInput): Promise<LanguageModelV4> {
  const { createOpenAI } = await import("@ai-sdk/openai");
  const deployment = upstreamModel(account, model);
  const provider = createOpenAI({
    name: "azure",
    baseURL: withoutEnd(wireUrl(account, "openai-responses", deployment), "/responses"),
    apiKey: "",
    headers: { "api-key": keyOf(account), Authorization: undefined as unknown as string },
    fetch,
  });
  return provider.responses(deployment);
}

async function anthropic({ account, model, fetch }: ModelInput): Promise<LanguageModelV4> {
  const { createAnthropic } = await import("@ai-sdk/anthropic");
  return createAnthropic({ baseURL: account.baseUrl, apiKey: keyOf(account), fetch }).languageModel(model);
}

async function google({ account, fetch }: ModelInput) {
  const { createGoogle } = await import("@ai-sdk/google");
  return createGoogle({ baseURL: account.baseUrl, apiKey: keyOf(account), fetch });
}

async function googleVertex({ account, fetch, accessToken }: ModelInput) {
  const { createGoogleVertex } = await import("@ai-sdk/google-vertex");
  const { project = "", location = "" } = account.fields;
  const apiKey = keyOf(account);
  const authClient = { getAccessToken: async () => ({ token: await accessToken() }) } as never;
  return createGoogleVertex({
    baseURL: account.baseUrl,
    project,
    location,
    apiKey,
    ...(apiKey === "" && { googleAuthOptions: { authClient } }),
    fetch,
  });
}

async function amazonBedrock({ account, fetch }: ModelInput) {
  const { createAmazonBedrock } = await import("@ai-sdk/amazon-bedrock");
  const { region = "", accessKeyId = "", secretAccessKey = "", sessionToken } = account.fields;
  return createAmazonBedrock({
    baseURL: account.baseUrl,
    region,
    apiKey: keyOf(account),
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    fetch,
  });
}

async function cohere({ account, fetch }: ModelInput) {
  const { createCohere } = await import("@ai-sdk/cohere");
  return createCohere({ baseURL: account.baseUrl, apiKey: keyOf(account), fetch: withoutCitations(fetch) });
}

function keyOf({ fields }: ProviderAccount): string {
  return fields.apiKey ?? "";
}

function withoutEnd(url: string, end: string): string {
  const path = url.split("?")[0] as string;
  return path.endsWith(end) ? path.slice(0, -end.length) : path;
}
