import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import type { GatewayUnderTest } from "#e2e/support/gateway.ts";
import type { Json } from "#e2e/support/recordings.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";

/** What an official client made of a call, beside what went over the network. */
export interface Seen {
  /** What the client made of the call's body: some fields it fills in or writes in their newer form. */
  body: Record<string, Json>;
  response: Response;
  /** Raw, as it came. */
  text: string;
  /** The answer, or its pieces. */
  client: unknown[];
  error: { status: number | undefined; message: string } | null;
}

export interface Call {
  wire: WireId;
  body: Record<string, Json>;
  headers: Record<string, string>;
}

/** Longer than any exchange takes, shorter than a test. */
const TIMEOUT_MS = 60_000;

/** One call through the official client of its wire, which never retries. */
export async function callWatched(gateway: GatewayUnderTest, call: Call): Promise<Seen> {
  const watched: Watched = { body: "", text: "" };
  const send = CALLS[call.wire](clientsOf(gateway, watching(watched)), call);
  const items: unknown[] = [];
  let error: Seen["error"] = null;
  try {
    const answer: unknown = await send;
    if (call.body.stream === true) for await (const one of answer as AsyncIterable<unknown>) items.push(one);
    else items.push(answer);
  } catch (thrown) {
    if (!(thrown instanceof OpenAI.APIError || thrown instanceof Anthropic.APIError)) throw thrown;
    error = { status: thrown.status, message: thrown.message };
  }
  if (watched.response === undefined) throw new Error(`Nothing was sent: ${error?.message}`);
  return { body: JSON.parse(watched.body), response: watched.response, text: watched.text, client: items, error };
}

interface Watched {
  body: string;
  response?: Response;
  text: string;
}

interface Clients {
  openai: OpenAI;
  anthropic: Anthropic;
}

function clientsOf({ apiKey, baseUrl }: GatewayUnderTest, fetch: typeof globalThis.fetch): Clients {
  const options = { apiKey, maxRetries: 0, timeout: TIMEOUT_MS, fetch };
  return {
    openai: new OpenAI({ ...options, baseURL: `${baseUrl}/v1` }),
    anthropic: new Anthropic({ ...options, baseURL: baseUrl }),
  };
}

const CALLS: Readonly<Record<WireId, (clients: Clients, call: Call) => PromiseLike<unknown>>> = {
  "openai-chat": ({ openai }, { body, headers }) => openai.chat.completions.create(body as never, { headers }),
  "openai-embeddings": ({ openai }, { body, headers }) => openai.embeddings.create(body as never, { headers }),
  "openai-responses": ({ openai }, { body, headers }) => openai.responses.create(body as never, { headers }),
  "anthropic-messages": ({ anthropic }, { body, headers }) =>
    "anthropic-beta" in headers
      ? anthropic.beta.messages.create(body as never, { headers })
      : anthropic.messages.create(body as never, { headers }),
  "anthropic-count-tokens": ({ anthropic }, { body, headers }) =>
    anthropic.beta.messages.countTokens(body as never, { headers }),
};

/** Keeps what the client sends, and the answer's text while it reads it. */
function watching(watched: Watched): typeof globalThis.fetch {
  return async (input, init) => {
    watched.body = String(init?.body);
    const response = await fetch(input, init);
    watched.response = response;
    const decoder = new TextDecoder();
    const tap = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        watched.text += decoder.decode(piece, { stream: true });
        controller.enqueue(piece);
      },
    });
    return new Response(response.body?.pipeThrough(tap) ?? null, response);
  };
}
