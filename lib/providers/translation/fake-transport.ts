import type { ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import type { ProviderEntry, TranslationKind } from "../registry/entry.ts";
import { PROVIDERS } from "../registry/index.ts";
import type { Transport, UpstreamRequest } from "../transport.ts";

/** For tests: a transport that answers from memory and remembers what it was asked. */
export interface FakeTransport extends Transport {
  sent: UpstreamRequest[];
}

export interface FakeResponse {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  /** How many bytes a piece of a stream has; left out: the whole. */
  pieceLength?: number;
  /** What a stream breaks with after its last piece. */
  breaksWith?: Error;
  /** A stream says nothing more after its last piece, and stays open. */
  isEndless?: boolean;
}

export function fakeTransport(respond: (request: UpstreamRequest) => FakeResponse): FakeTransport {
  const sent: UpstreamRequest[] = [];
  return {
    sent,
    async post(request) {
      sent.push(request);
      const { status = 200, headers = {}, body, pieceLength, breaksWith, isEndless } = respond(request);
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
      return {
        status,
        header: (name) => headers[name],
        readBody: async () => bytes,
        stream() {
          const length = pieceLength ?? Math.max(1, bytes.length);
          let at = 0;
          const end = { done: true, value: undefined } as const;
          const next = async () => {
            const value = bytes.subarray(at, at + length);
            at += length;
            if (value.length > 0) return { done: false, value };
            if (breaksWith !== undefined) throw breaksWith;
            return isEndless === true ? new Promise<never>(() => {}) : end;
          };
          return { [Symbol.asyncIterator]: () => ({ next, return: async () => end }) };
        },
      };
    },
    close: async () => {},
  };
}

const BY_KIND: Readonly<Record<TranslationKind, string>> = {
  "openai-compatible": "groq",
  "openai-responses": "openai",
  "azure-openai": "azure-openai",
  anthropic: "anthropic",
  google: "google",
  "google-vertex": "vertex",
  "amazon-bedrock": "bedrock",
  cohere: "cohere",
};

/** An account at the provider of a kind, with credentials of no one's. Vertex AI by key: no token is asked for. */
export function fakeAccount(kind: TranslationKind, fields: Record<string, string> = {}): ProviderAccount {
  const entry = PROVIDERS.find(({ id }) => id === BY_KIND[kind]) as ProviderEntry;
  const aws = { region: "eu-central-1", accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key" };
  const known = kind === "amazon-bedrock" ? aws : { apiKey: "secret-key" };
  return { entry, baseUrl: `https://${kind}.test/v1`, fields: { ...known, ...fields } };
}

export function fakeRequest(request: Partial<ProviderRequest>): ProviderRequest {
  return {
    connection: {
      id: "c",
      provider: "p",
      name: "c",
      owner: "platform",
      hosting: "cloud",
      regions: [],
      host: "p.example",
      models: [],
      ownPrice: null,
      unopened: null,
      isSimulated: false,
      wires: [],
      translation: null,
      timeouts: { firstTokenMs: 1_000, idleMs: 1_000 },
    },
    model: "a-model",
    tenantId: "t",
    functionSlug: null,
    wire: "openai-chat",
    via: "translation",
    body: { messages: [{ role: "user", content: "Hi" }] },
    source: "",
    edits: {},
    passHeaders: {},
    isStream: false,
    signal: new AbortController().signal,
    ...request,
  };
}

export async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
