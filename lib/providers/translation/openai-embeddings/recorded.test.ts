import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { TranslationKind } from "../../registry/entry.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { openTranslator } from "../translate.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined)
  console.log("Skipped: the recorded embeddings of other wires, because RECORDED_DIR is unset.");

// biome-ignore lint/suspicious/noExplicitAny: the shape of files and answers that are not ours.
type Json = any;

const KINDS: Readonly<Record<string, TranslationKind>> = {
  vertexai: "google-vertex",
  bedrock: "amazon-bedrock",
  cohere: "cohere",
};

const recordings: [name: string, recording: Json][] = readdirSync(folder ?? import.meta.dirname)
  .filter((file) => file.includes("__embeddings__") && !file.includes("count-tokens"))
  .map((file): [string, Json] => [file, JSON.parse(readFileSync(path.join(folder ?? "", file), "utf8"))])
  .filter(([, { provider, response }]) => provider in KINDS && response.status === 200);

describe.skipIf(folder === undefined)("recorded embeddings of other wires, for a caller of OpenAI's", () => {
  test("there are some", () => expect(recordings.length).toBeGreaterThan(10));

  test.each(recordings)("%s has its vectors and its count", async (_, { provider, request, response }) => {
    const kind = KINDS[provider] as TranslationKind;
    const url = decodeURIComponent(request.url);
    const model = /\/models?\/(.+?)(:predict|:embedContent|\/invoke)$/.exec(url)?.[1] ?? request.body.model;
    const [vectors, tokens] = readVectors(response.body, response.headers);
    const transport = fakeTransport(() => ({
      body: JSON.stringify(response.body),
      headers: lowerCased(response.headers),
    }));
    const input = vectors.map((_, index) => `text ${index}`);
    const provided = openTranslator(fakeAccount(kind), transport, {});
    const answer = await provided.call(fakeRequest({ wire: "openai-embeddings", model, body: { input } }));
    expect(answer.kind).toBe("answer");
    const value = answer.kind === "answer" && JSON.parse(new TextDecoder().decode(answer.body));
    expect(value.data.map(({ embedding }: Json) => embedding)).toEqual(vectors);
    expect(answer.kind === "answer" && (answer.usage?.inputTokens ?? null)).toBe(tokens);
  });
});

function lowerCased(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What each shape holds, read without the gateway's code. */
function readVectors(body: Json, headers: Json): [number[][], number | null] {
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
  return Array.isArray(first) ? [body.embeddings, inHeader] : [[first.embedding], body.inputTokenCount ?? inHeader];
}
