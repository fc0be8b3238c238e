/** A kind of upstream, as data. */
export interface ProviderEntry {
  id: string;
  name: string;
  /** Null where every account has an address of its own. */
  baseUrl: string | null;
  /** Header that carries the key; null: none is needed. */
  auth: "bearer" | "api-key" | null;
  /** Whether usage in a stream has to be asked for (`stream_options`), or comes by itself and asking is refused. */
  streamUsage: "on-request" | "always";
  /** How the chat address is made of the base URL. */
  chatPath: "plain" | "azure-deployment";
}

const compatible = { auth: "bearer", streamUsage: "on-request", chatPath: "plain" } as const;

/** Providers whose chat API speaks OpenAI's wire. Base URLs as their own documentation gives them. */
export const PROVIDERS: readonly ProviderEntry[] = [
  { id: "openai", name: "OpenAI", baseUrl: "https://api.openai.com/v1", ...compatible },
  { id: "anthropic", name: "Anthropic", baseUrl: "https://api.anthropic.com/v1", ...compatible },
  {
    id: "azure-openai",
    name: "Azure OpenAI",
    baseUrl: null,
    auth: "api-key",
    streamUsage: "on-request",
    chatPath: "azure-deployment",
  },
  { id: "groq", name: "Groq", baseUrl: "https://api.groq.com/openai/v1", ...compatible },
  {
    id: "google",
    name: "Google Gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    ...compatible,
  },
  { id: "mistral", name: "Mistral", baseUrl: "https://api.mistral.ai/v1", ...compatible, streamUsage: "always" },
  { id: "deepseek", name: "DeepSeek", baseUrl: "https://api.deepseek.com", ...compatible },
  { id: "openrouter", name: "OpenRouter", baseUrl: "https://openrouter.ai/api/v1", ...compatible },
  { id: "vllm", name: "vLLM", baseUrl: null, ...compatible, auth: null },
];

const byId = new Map(PROVIDERS.map((entry) => [entry.id, entry]));

export function findProviderEntry(id: string): ProviderEntry | null {
  return byId.get(id) ?? null;
}
