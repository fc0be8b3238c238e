import { EMBEDDING_TOKENS } from "./mends.ts";
import type { SentRequest } from "./sent-request.ts";

/** A 200's JSON body. */
export type Script = (sent: SentRequest) => unknown;

/** What aimock does not speak: the token count of Anthropic's wire, and embeddings as Google and Amazon have them. */
const SCRIPTS: readonly { path: RegExp; answer: Script }[] = [
  { path: /\/messages\/count_tokens$/, answer: () => ({ input_tokens: COUNTED_TOKENS }) },
  {
    path: /\/models\/[^/:]+:embedContent$/,
    answer: () => ({ embedding: { values: VECTOR }, usageMetadata: { promptTokenCount: EMBEDDING_TOKENS } }),
  },
  {
    path: /\/models\/[^/:]+:batchEmbedContents$/,
    answer: ({ body }) => ({
      embeddings: body.requests.map(() => ({ values: VECTOR })),
      usageMetadata: { promptTokenCount: EMBEDDING_TOKENS * body.requests.length },
    }),
  },
  {
    path: /\/models\/[^/:]+:predict$/,
    answer: ({ body }) => ({
      predictions: body.instances.map(() => ({
        embeddings: { values: VECTOR, statistics: { token_count: EMBEDDING_TOKENS, truncated: false } },
      })),
    }),
  },
  {
    path: /^\/model\/amazon\.titan-embed[^/]*\/invoke$/,
    answer: () => ({ embedding: VECTOR, inputTextTokenCount: EMBEDDING_TOKENS }),
  },
  {
    path: /^\/v2\/embed$/,
    answer: ({ body }) => ({
      id: "embed-1",
      embeddings: { float: body.texts.map(() => VECTOR) },
      texts: body.texts,
      meta: { billed_units: { input_tokens: EMBEDDING_TOKENS * body.texts.length } },
    }),
  },
];

/** What the stand-in counts, whatever it is sent. */
export const COUNTED_TOKENS = 421;

/** What it makes of every text. Each number is exact in 32 bits, in which embeddings travel. */
export const VECTOR: readonly number[] = [0.5, -0.25, 0.125, 0.75];

export function findScript({ path }: SentRequest): Script | null {
  const [bare = ""] = path.split("?");
  return SCRIPTS.find((script) => script.path.test(bare))?.answer ?? null;
}
