import { z } from "zod";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { ProviderAccount } from "../account.ts";
import { mapErrorResponse, mapTransportError } from "../map-failure.ts";
import { wireHeaders } from "../request-parts.ts";
import type { GuardedTransport } from "../transport.ts";
import type { ListedModel } from "./contract.ts";

/** `none`: this provider does not list its models in a way that is known here. */
export type Listing =
  | { kind: "none" }
  | { kind: "listed"; models: ListedModel[] }
  | { kind: "failed"; failure: ProviderFailure };

const MAX_MODELS = 500;
const tokens = z.int().positive().nullish().catch(null);

/** Servers say how long a context they take under a name of their own: vLLM, OpenRouter, Groq, Mistral, LM Studio. */
const modelSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  max_model_len: tokens,
  context_length: tokens,
  context_window: tokens,
  max_context_length: tokens,
  /** Ollama's, of what it only passes on to a cloud, under whatever name it was copied to. */
  remote_host: z.string().optional().catch(undefined),
});
const models = z.array(modelSchema.catch({}));
/** OpenAI's, Ollama's own, and the bare list of Together. */
const listSchema = z.union([
  z.object({ data: models }).transform(({ data }) => data),
  z.object({ models }).transform((list) => list.models),
  models,
]);

/** A model's name goes into a header and into a route. */
const NAME = /^[\x21-\x7e]{1,300}$/;

/** What a server says it runs: Ollama in its own words, every other speaker of OpenAI's wire under /models. */
export async function listModels(
  account: ProviderAccount,
  transport: GuardedTransport,
  signal: AbortSignal,
): Promise<Listing> {
  const [first, second] = listUrls(account);
  if (first === undefined) return { kind: "none" };
  const listing = await readList(first, account, transport, signal);
  const isElsewhere = listing.kind === "failed" && listing.failure.httpStatus === 404;
  return isElsewhere && second !== undefined ? readList(second, account, transport, signal) : listing;
}

function listUrls({ entry, baseUrl }: ProviderAccount): string[] {
  const path = entry.wires["openai-chat"]?.path;
  // Where a path names the model, the account's base URL is none of OpenAI's wire.
  if (path === undefined || path.includes("{")) return [];
  const usual = `${baseUrl}/models`;
  return entry.id === "ollama" ? [`${baseUrl.replace(/\/v1$/, "")}/api/tags`, usual] : [usual];
}

async function readList(
  url: string,
  account: ProviderAccount,
  transport: GuardedTransport,
  signal: AbortSignal,
): Promise<Listing> {
  const { "content-type": _, ...headers } = wireHeaders(account, false);
  try {
    const response = await transport.get({ url, headers, signal });
    const text = new TextDecoder().decode(await response.readBody());
    if (response.status !== 200) {
      return { kind: "failed", failure: mapErrorResponse(response.status, text, response.header) };
    }
    const found = parseList(text);
    return found === null ? { kind: "failed", failure: NO_LIST } : { kind: "listed", models: found };
  } catch (error) {
    return { kind: "failed", failure: mapTransportError(error, signal) };
  }
}

const NO_LIST: ProviderFailure = {
  kind: "bad-response",
  httpStatus: 200,
  message: "",
  code: null,
  param: null,
  retryAfterMs: null,
};

function parseList(text: string): ListedModel[] | null {
  const parsed = listSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const found = parsed.data.flatMap((model) => {
    const id = model.id ?? model.name ?? "";
    const contextTokens =
      model.max_model_len ?? model.context_length ?? model.context_window ?? model.max_context_length ?? null;
    const isItsOwn = (model.remote_host ?? "") === "";
    return isItsOwn && NAME.test(id) ? [{ id, contextTokens }] : [];
  });
  return [...new Map(found.map((model) => [model.id, model])).values()].slice(0, MAX_MODELS);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
