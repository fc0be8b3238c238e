import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { TranslationKind } from "../../registry/entry.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { openTranslator } from "../translate.ts";
import { lowerCased, readVectors } from "./recorded-vectors.ts";

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
