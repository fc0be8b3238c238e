import type { ProviderAnswer, ProviderRequest } from "#lib/gateway/ports.ts";
import { hashText } from "./seeded-choice.ts";

const DEFAULT_DIMENSIONS = 1_536;
const MAX_DIMENSIONS = 3_072;

/**
 * Vectors made of a text's words alone: each word turns one dimension, so that texts which share words lie closer than
 * texts which do not. Enough to try a search with; no meaning is in them.
 */
export async function embed({ body, model }: ProviderRequest): Promise<ProviderAnswer> {
  const inputs = readInputs(body.input);
  const size = readDimensions(body.dimensions);
  const asBase64 = body.encoding_format === "base64";
  const data = inputs.map((words, index) => {
    const vector = toVector(words, size);
    const embedding = asBase64 ? Buffer.from(Float32Array.from(vector).buffer).toString("base64") : vector;
    return { object: "embedding", index, embedding };
  });
  const inputTokens = inputs.reduce((sum, words) => sum + words.length, 0);
  const usage = { prompt_tokens: inputTokens, total_tokens: inputTokens };
  return {
    kind: "answer",
    body: new TextEncoder().encode(JSON.stringify({ object: "list", data, model, usage })),
    usage: { inputTokens, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
    finishReason: "stop",
    providerRequestId: "demo-embedding",
  };
}

/** Each text as its words; tokens that were sent as numbers are words too. */
function readInputs(input: unknown): string[][] {
  const isTokens = Array.isArray(input) && input.every((one) => typeof one === "number");
  const texts: unknown[] = Array.isArray(input) && !isTokens ? input : [input];
  return texts.map(
    (text) =>
      (Array.isArray(text)
        ? text.map(String)
        : String(text)
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu)) ?? [],
  );
}

function readDimensions(asked: unknown): number {
  const isUsable = typeof asked === "number" && Number.isInteger(asked) && asked >= 1 && asked <= MAX_DIMENSIONS;
  return isUsable ? asked : DEFAULT_DIMENSIONS;
}

/** Of length 1, as embeddings are; the first dimension stands for a text without words. */
function toVector(words: readonly string[], size: number): number[] {
  const vector = new Array<number>(size).fill(0);
  for (const word of words) {
    const hash = hashText(word);
    const at = hash % size;
    vector[at] = (vector[at] as number) + ((hash >>> 16) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  if (length === 0) return vector.map((_, at) => (at === 0 ? 1 : 0));
  return vector.map((value) => value / length);
}
