import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { Ability } from "./clients/client.ts";

/** What is expected of a provider, said here once more rather than read from the gateway that is under test. */
export interface ProviderUnderTest {
  id: string;
  model: string;
  thinkingModel: string;
  /** Null: it has none. */
  embeddingModel: string | null;
  /** Wires in which requests reach it as they came. */
  wires: readonly WireId[];
  /** What its models do not do: refused over every wire. */
  lacks: readonly Ability[];
  /** Goes on after a tool's result only with what it thought before the call. */
  wantsThoughtsBack?: true;
  /** What is refused where a request has to be translated. */
  lostInTranslation: readonly Ability[];
}

export const PROVIDERS_UNDER_TEST: readonly ProviderUnderTest[] = [
  {
    id: "openai",
    model: "gpt-4.1",
    thinkingModel: "gpt-5-mini",
    embeddingModel: "text-embedding-3-small",
    wires: ["openai-chat", "openai-responses", "openai-embeddings"],
    lacks: [],
    // Its Responses API, which translations go to, has neither.
    lostInTranslation: ["stop", "seed", "own-field"],
  },
  {
    id: "azure-openai",
    model: "gpt-4.1",
    thinkingModel: "gpt-5-mini",
    embeddingModel: "text-embedding-3-small",
    wires: ["openai-chat", "openai-responses", "openai-embeddings"],
    lacks: [],
    lostInTranslation: ["stop", "seed", "own-field"],
  },
  {
    id: "anthropic",
    model: "claude-sonnet-4-5",
    thinkingModel: "claude-sonnet-4-5",
    embeddingModel: null,
    wires: ["anthropic-messages"],
    wantsThoughtsBack: true,
    lacks: [],
    lostInTranslation: ["seed", "own-field"],
  },
  {
    id: "google",
    model: "gemini-2.5-flash",
    thinkingModel: "gemini-2.5-flash",
    embeddingModel: "gemini-embedding-001",
    wires: [],
    lacks: [],
    lostInTranslation: ["one-tool-at-a-time", "own-field"],
  },
  {
    id: "vertex",
    model: "gemini-2.5-flash",
    thinkingModel: "gemini-2.5-flash",
    embeddingModel: "gemini-embedding-001",
    wires: [],
    lacks: [],
    lostInTranslation: ["one-tool-at-a-time", "own-field"],
  },
  {
    id: "bedrock",
    model: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    thinkingModel: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    embeddingModel: "amazon.titan-embed-text-v2:0",
    wires: [],
    lacks: [],
    lostInTranslation: ["seed", "own-field"],
  },
  {
    id: "cohere",
    model: "command-a-03-2025",
    thinkingModel: "command-a-reasoning-08-2025",
    embeddingModel: "embed-v4.0",
    wires: [],
    lacks: ["vision", "files"],
    lostInTranslation: ["one-tool-at-a-time", "own-field"],
  },
  {
    id: "mistral",
    model: "mistral-medium-latest",
    thinkingModel: "mistral-medium-latest",
    embeddingModel: "mistral-embed",
    wires: ["openai-chat", "openai-embeddings"],
    lacks: ["files"],
    lostInTranslation: ["own-field"],
  },
  {
    id: "groq",
    model: "qwen/qwen3.6-27b",
    thinkingModel: "qwen/qwen3.6-27b",
    embeddingModel: null,
    wires: ["openai-chat"],
    lacks: ["files"],
    lostInTranslation: ["own-field"],
  },
  {
    id: "vllm",
    // The catalog does not know what a tenant runs itself: it is taken at the caller's word.
    model: "meta-llama/Llama-4-Scout-17B",
    thinkingModel: "Qwen/Qwen3-32B",
    embeddingModel: "BAAI/bge-m3",
    wires: ["openai-chat", "openai-responses", "openai-embeddings"],
    lacks: [],
    lostInTranslation: ["own-field"],
  },
];

/** Whether the gateway has to refuse, naming the field, rather than leave it out. */
export function isRefused(
  { wires, lacks, lostInTranslation }: ProviderUnderTest,
  wire: WireId,
  ability: Ability,
): boolean {
  return lacks.includes(ability) || (!wires.includes(wire) && lostInTranslation.includes(ability));
}
