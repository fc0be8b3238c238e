import { describe, expect, test } from "vitest";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import type { TranslationKind } from "../../registry/entry.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { openTranslator } from "../translate.ts";

const VECTOR = [0.5, -0.25];

/** What each provider answers, to as many texts as it was sent. */
const RESPOND: Partial<Record<TranslationKind, (sent: Sent) => object>> = {
  google: ({ requests }) =>
    requests === undefined
      ? { embedding: { values: VECTOR } }
      : { embeddings: requests.map(() => ({ values: VECTOR })) },
  "google-vertex": ({ instances = [] }) => ({
    predictions: instances.map(() => ({ embeddings: { values: VECTOR, statistics: { token_count: 2 } } })),
  }),
  "amazon-bedrock": () => ({ embedding: VECTOR, inputTextTokenCount: 2 }),
  cohere: ({ texts = [] }) => ({
    embeddings: { float: texts.map(() => VECTOR) },
    meta: { billed_units: { input_tokens: 2 * texts.length } },
  }),
};

interface Sent {
  requests?: unknown[];
  instances?: unknown[];
  texts?: unknown[];
}

async function embed(kind: TranslationKind, body: WireBody, model = "an-embedding-model") {
  const transport = fakeTransport(({ body: sent }) => ({ body: JSON.stringify(RESPOND[kind]?.(JSON.parse(sent))) }));
  const provider = openTranslator(fakeAccount(kind), transport, {});
  const answer = await provider.call(fakeRequest({ wire: "openai-embeddings", model, body }));
  const sent = transport.sent.map((one) => JSON.parse(one.body));
  return { answer, sent, value: answer.kind === "answer" ? JSON.parse(new TextDecoder().decode(answer.body)) : null };
}

describe.each(["google", "google-vertex", "amazon-bedrock", "cohere"] as const)("embeddings of %s", (kind) => {
  test("have OpenAI's shape, one for each text in its order", async () => {
    const { answer, value } = await embed(kind, { input: ["one", "two", "three"] });
    const usage = kind === "google" ? null : { inputTokens: 6, outputTokens: 0 };
    expect(answer).toMatchObject({ kind: "answer", usage, finishReason: null });
    expect(value).toEqual({
      object: "list",
      data: [0, 1, 2].map((index) => ({ object: "embedding", index, embedding: VECTOR })),
      model: "an-embedding-model",
      usage: { prompt_tokens: usage?.inputTokens ?? 0, total_tokens: usage?.inputTokens ?? 0 },
    });
  });

  test("are base64 of little-endian floats where the caller asks for that", async () => {
    const { value } = await embed(kind, { input: "one", encoding_format: "base64" });
    const bytes = Buffer.from(value.data[0].embedding, "base64");
    expect([bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual(VECTOR);
    expect(bytes).toHaveLength(8);
  });

  test("have the size that the caller asks for", async () => {
    const { sent } = await embed(kind, { input: "one", dimensions: 256 });
    expect(JSON.stringify(sent[0])).toContain(":256");
  });

  test("are not made of tokens", async () => {
    const { answer, sent } = await embed(kind, { input: [[1, 2]] });
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unsupported", param: "input" } });
    expect(sent).toEqual([]);
  });
});

test("more texts than a provider takes go in several calls, and come back in order", async () => {
  const { sent, value } = await embed("cohere", { input: Array.from({ length: 200 }, (_, index) => `text ${index}`) });
  expect(sent.map(({ texts }) => texts.length)).toEqual([96, 96, 8]);
  expect(sent[2].texts[7]).toBe("text 199");
  expect(value.data).toHaveLength(200);
});

test("a size that a model does not have is said, not left out", async () => {
  const { answer } = await embed("cohere", { input: "one", dimensions: 300 });
  expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unsupported" } });
});

test.each([
  ["amazon.titan-embed-text-v2:0", "dimensions"],
  ["amazon.nova-2-multimodal-embeddings-v1:0", "embeddingDimension"],
])("the size goes to %s under its own name", async (model, field) => {
  const { sent } = await embed("amazon-bedrock", { input: "one", dimensions: 256 }, model);
  expect(JSON.stringify(sent[0])).toContain(`"${field}":256`);
});

test("a provider without such a way says so", async () => {
  const { answer } = await embed("anthropic", { input: "one" });
  expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unsupported" } });
});
