import type { Recording } from "#e2e/support/recordings.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { TranslationKind } from "#lib/providers/registry/entry.ts";

/** How a recorded exchange is played: at which provider of ours, in which wire of the caller's. */
export interface Lane {
  provider: string;
  wire: WireId;
  /** The library that reads the recorded answer; null: it passes as it came. */
  translation: TranslationKind | null;
}

/** Recorded names whose provider here has another. Who is not in the registry is a server that speaks OpenAI's wire. */
const CHAT: Readonly<Record<string, string>> = {
  azure: "azure-openai",
  bedrock: "openai-compatible",
  crusoe: "openai-compatible",
  gemini: "openai-compatible",
  heroku: "openai-compatible",
  "pydantic-gateway": "openai-compatible",
  snowflake: "openai-compatible",
  zai: "openai-compatible",
};

/** Who answers in these wires without an entry that has them is played as a LiteLLM server, whose entry has them all. */
const SERVERS: Readonly<Record<string, string>> = {
  azure: "azure-openai",
  bedrock: "litellm",
  "pydantic-gateway": "litellm",
};

const GEMINI: Readonly<Record<string, TranslationKind>> = {
  gemini: "google",
  "pydantic-gateway": "google",
  vertexai: "google-vertex",
};

const TRANSLATORS: Readonly<Partial<Record<TranslationKind, string>>> = {
  google: "google",
  "google-vertex": "vertex",
  "amazon-bedrock": "bedrock",
  cohere: "cohere",
};

/** Null: the exchange is none that the gateway could have had. */
export function findLane(recording: Recording): Lane | null {
  if (reasonOutside(recording) !== null) return null;
  const { api, provider } = recording;
  const native = (wire: WireId, names: Readonly<Record<string, string>>): Lane => ({
    provider: names[provider] ?? provider,
    wire,
    translation: null,
  });
  const translated = (wire: WireId, translation: TranslationKind): Lane => ({
    provider: TRANSLATORS[translation] as string,
    wire,
    translation,
  });
  switch (api) {
    case "chat_completions":
      return native("openai-chat", CHAT);
    case "responses":
      return native("openai-responses", SERVERS);
    case "anthropic_messages":
      return native("anthropic-messages", SERVERS);
    case "count_tokens":
      return native("anthropic-count-tokens", SERVERS);
    case "gemini_generate":
      return translated("openai-chat", GEMINI[provider] as TranslationKind);
    case "bedrock_converse":
      return translated("openai-chat", "amazon-bedrock");
    case "cohere_chat":
      return translated("openai-chat", "cohere");
    case "embeddings": {
      const translation = EMBEDDERS[provider];
      return translation === undefined
        ? native("openai-embeddings", SERVERS)
        : translated("openai-embeddings", translation);
    }
    default:
      throw new Error(`${recording.name} is played nowhere and left out for no reason.`);
  }
}

const EMBEDDERS: Readonly<Record<string, TranslationKind>> = {
  ...GEMINI,
  bedrock: "amazon-bedrock",
  cohere: "cohere",
};

/** What is no call of the data plane, and why. */
const OUTSIDE: readonly (readonly [reason: string, matches: (recording: Recording) => boolean])[] = [
  ["is an error without its status", ({ kind, status }) => kind === "error" && status === null],
  ["lists or handles files, images or models", ({ api }) => /^(files|images?|models_list|skills)$/.test(api)],
  ["ranks documents", ({ api }) => /^rerank(ing)?$/.test(api)],
  ["completes text in the API before chat", ({ api }) => /^(text_)?completions?$/.test(api)],
  ["is about speech", ({ api }) => /^(transcription|speech-translation)$/.test(api)],
  [
    "is in a provider's own API that no provider here is reached over",
    ({ api, provider, url }) =>
      /^(other|writer_chat|ollama_chat|ollama_generate|interactions)$/.test(api) ||
      provider === "voyage" ||
      url.endsWith("/api/embeddings"),
  ],
  ["calls Bedrock below Converse, in each model's own shape", ({ api }) => api === "bedrock_invoke"],
  ["is in Cohere's first API", ({ url }) => url.includes("cohere.com/v1/")],
  [
    "only counts tokens, which is estimated where another wire is spoken",
    ({ api, provider, url }) =>
      (api === "count_tokens" && provider !== "anthropic") || /:countTokens$|\/input_tokens$/.test(url),
  ],
  ["looks up a response that was made before", ({ api, method }) => api === "responses" && method === "GET"],
  ["asks for a response to look up later", ({ api, request }) => api === "responses" && request?.background === true],
];

/** Why a recording is played nowhere; null: it is. */
export function reasonOutside(recording: Recording): string | null {
  return OUTSIDE.find(([, matches]) => matches(recording))?.[0] ?? null;
}
