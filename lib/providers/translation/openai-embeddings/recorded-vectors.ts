// biome-ignore lint/suspicious/noExplicitAny: the shape of answers that are not ours.
type Json = any;

export function lowerCased(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What each shape holds, read without the gateway's code. */
export function readVectors(body: Json, headers: Json): [number[][], number | null] {
  const counted = lowerCased(headers)["x-amzn-bedrock-input-token-count"];
  const inHeader = counted === undefined ? null : Number(counted);
  if (body.predictions) {
    const all: Json[] = body.predictions.map(({ embeddings }: Json) => embeddings);
    return [all.map(({ values }) => values), all.reduce((sum, one) => sum + one.statistics.token_count, 0)];
  }
  if (Array.isArray(body.embedding)) return [[body.embedding], body.inputTextTokenCount];
  if (body.embedding) return [[body.embedding.values], body.usageMetadata?.promptTokenCount ?? null];
  if (body.embeddings.float) return [body.embeddings.float, body.meta?.billed_units.input_tokens ?? inHeader];
  const first = body.embeddings[0];
  if (Array.isArray(first)) return [body.embeddings, inHeader];
  if (first.values) return [body.embeddings.map(({ values }: Json) => values), body.usageMetadata?.promptTokenCount];
  return [[first.embedding], body.inputTokenCount ?? inHeader];
}
