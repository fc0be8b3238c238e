import type { EmbeddingModelV4, SharedV4ProviderOptions } from "@ai-sdk/provider";
import { z } from "zod";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import type { TranslationKind } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import type { Exchange } from "../fetch.ts";
import { LIBRARIES, type ModelInput } from "../models.ts";
import { findDropped } from "../warnings.ts";

const requestSchema = z.looseObject({
  input: z.unknown(),
  dimensions: z.number().int().positive().nullish(),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});

/** Some take one text a call: so many calls at once, and no more. */
const CALLS_AT_ONCE = 6;

const encoder = new TextEncoder();

/** A request in OpenAI's wire, served by an embedding model of another provider. */
export async function embed(
  kind: TranslationKind,
  body: WireBody,
  input: ModelInput,
  exchange: Exchange,
): Promise<ProviderAnswer> {
  const open = LIBRARIES[kind].embedding;
  if (open === null) throw new TranslationError("unsupported", "no embeddings over this way.", "model");
  const { encoding_format: format, dimensions, ...request } = requestSchema.parse(body);
  const values = readInput(request.input);
  const options = { abortSignal: exchange.signal, providerOptions: readSettings(kind, input.model, dimensions) };
  const { embeddings, tokens } = await embedAll(await open(input), values, options);
  if (embeddings.length !== values.length) throw new Error("There is not one vector for each text.");
  const write = format === "base64" ? toBase64 : (vector: number[]) => vector;
  const answer = {
    object: "list",
    data: embeddings.map((vector, index) => ({ object: "embedding", index, embedding: write(vector) })),
    model: input.model,
    // Clients expect it even where the provider counts nothing.
    usage: { prompt_tokens: tokens ?? 0, total_tokens: tokens ?? 0 },
  };
  const none = { outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return {
    kind: "answer",
    body: encoder.encode(JSON.stringify(answer)),
    usage: tokens === null ? null : { inputTokens: tokens, ...none },
    finishReason: null,
    providerRequestId: exchange.providerRequestId,
  };
}

function readInput(input: unknown): string[] {
  if (typeof input === "string") return [input];
  if (Array.isArray(input) && input.every((one) => typeof one === "string")) return input;
  throw new TranslationError("unsupported", "tokens mean something to OpenAI's models alone; send text.", "input");
}

type EmbedOptions = Omit<Parameters<EmbeddingModelV4["doEmbed"]>[0], "values">;

async function embedAll(model: EmbeddingModelV4, values: readonly string[], options: EmbedOptions) {
  const atMost = (await model.maxEmbeddingsPerCall) ?? values.length;
  const batches = Array.from({ length: Math.ceil(values.length / atMost) }, (_, at) =>
    values.slice(at * atMost, (at + 1) * atMost),
  );
  const embeddings: number[][] = [];
  let tokens: number | null = 0;
  for (let at = 0; at < batches.length; at += CALLS_AT_ONCE) {
    const calls = batches.slice(at, at + CALLS_AT_ONCE).map((batch) => model.doEmbed({ ...options, values: batch }));
    for (const result of await Promise.all(calls)) {
      if (findDropped(result.warnings) !== null) throw new TranslationError("unsupported", "a setting of it.", null);
      embeddings.push(...result.embeddings);
      const counted = result.usage?.tokens ?? readGeminiCount(result.response?.body);
      tokens = tokens === null || counted === undefined || Number.isNaN(counted) ? null : tokens + counted;
    }
  }
  return { embeddings, tokens };
}

/** Its library leaves out what newer models count. */
function readGeminiCount(body: unknown): number | undefined {
  return (body as { usageMetadata?: { promptTokenCount?: number } } | undefined)?.usageMetadata?.promptTokenCount;
}

/** The wire does not say what a text is embedded for: as documents, which go with queries of either kind. */
function readSettings(
  kind: TranslationKind,
  model: string,
  wanted: number | null | undefined,
): SharedV4ProviderOptions {
  const dimensions = wanted ?? undefined;
  const size = <Name extends string>(name: Name) =>
    (dimensions === undefined ? {} : { [name]: dimensions }) as Record<Name, number>;
  if (kind === "google") return { google: size("outputDimensionality") };
  if (kind === "google-vertex") return { googleVertex: size("outputDimensionality") };
  if (kind === "cohere") return { cohere: { inputType: "search_document", ...size("outputDimension") } };
  if (model.includes("cohere.")) return { amazonBedrock: { inputType: "search_document", ...size("outputDimension") } };
  return { amazonBedrock: size(model.includes("nova") ? "embeddingDimension" : "dimensions") };
}

/** Little-endian 32-bit floats, as OpenAI's clients ask for them by default. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString("base64");
}
