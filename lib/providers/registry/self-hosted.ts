import type { ProviderEntry } from "./entry.ts";
import { apiKey, ownBaseUrl, SELF_HOSTED_TIMEOUTS } from "./fields.ts";

/** What servers of the tenant's own share: OpenAI's wire at an address of theirs, often without a key. */
const SELF_HOSTED = {
  hosting: "self-hosted",
  wires: {
    "openai-chat": { path: "/chat/completions", streamUsage: "on-request" },
    "openai-embeddings": { path: "/embeddings" },
  },
  translation: "openai-compatible",
  auth: "bearer",
  baseUrl: null,
  regions: [],
  capabilities: ["tools", "vision", "json", "reasoning", "embeddings"],
  prefill: null,
  timeouts: SELF_HOSTED_TIMEOUTS,
} as const satisfies Partial<ProviderEntry>;

const RESPONSES = { "openai-responses": { path: "/responses" } } as const;
const COUNT_TOKENS = { "anthropic-count-tokens": { path: "/messages/count_tokens" } } as const;

/** Servers that a tenant runs itself. Anthropic's wire is native only where it is more than a conversion with gaps. */
export const SELF_HOSTED_SERVERS: readonly ProviderEntry[] = [
  {
    ...SELF_HOSTED,
    id: "ollama",
    name: "Ollama",
    // /v1/responses takes previous_response_id and ignores it; /v1/messages ignores tool_choice and others.
    docsUrl: "https://docs.ollama.com/api/openai-compatibility",
    fields: [ownBaseUrl("http://localhost:11434/v1"), apiKey("Only behind a proxy that asks for one.", false)],
  },
  {
    ...SELF_HOSTED,
    id: "vllm",
    name: "vLLM",
    docsUrl: "https://docs.vllm.ai/en/latest/serving/online_serving/",
    wires: { ...SELF_HOSTED.wires, ...RESPONSES, ...COUNT_TOKENS },
    fields: [ownBaseUrl("http://localhost:8000/v1"), apiKey("What the server was started with as --api-key.", false)],
    capabilities: ["tools", "vision", "audio", "json", "reasoning", "embeddings"],
    prefill: "continue-final-message",
  },
  {
    ...SELF_HOSTED,
    id: "litellm",
    name: "LiteLLM",
    docsUrl: "https://docs.litellm.ai/docs/supported_endpoints",
    wires: { ...SELF_HOSTED.wires, ...RESPONSES, "anthropic-messages": { path: "/messages" }, ...COUNT_TOKENS },
    fields: [ownBaseUrl("http://localhost:4000/v1"), apiKey("A virtual key, or the proxy's master key.", false)],
    capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
  },
  {
    ...SELF_HOSTED,
    id: "llama-cpp",
    name: "llama.cpp server",
    docsUrl: "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
    fields: [ownBaseUrl("http://localhost:8080/v1"), apiKey("What the server was started with as --api-key.", false)],
    capabilities: ["tools", "vision", "audio", "json", "reasoning", "embeddings"],
    // Unless it was started with --no-prefill-assistant.
    prefill: "assistant-message",
  },
  {
    ...SELF_HOSTED,
    id: "lm-studio",
    name: "LM Studio",
    docsUrl: "https://lmstudio.ai/docs/developer/openai-compat",
    wires: { ...SELF_HOSTED.wires, ...RESPONSES },
    fields: [ownBaseUrl("http://localhost:1234/v1"), apiKey("An API token, where authentication is on.", false)],
  },
  {
    ...SELF_HOSTED,
    id: "openai-compatible",
    name: "OpenAI-compatible server",
    docsUrl: "https://developers.openai.com/api/reference/resources/chat",
    fields: [ownBaseUrl("https://models.example.com/v1"), apiKey("Sent as a bearer token, where it is given.", false)],
    capabilities: ["tools", "vision", "files", "audio", "json", "reasoning", "embeddings"],
  },
];
