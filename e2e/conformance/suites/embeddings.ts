import { expect } from "vitest";
import { expectedClass } from "../cases/failures.ts";
import { EMBEDDING_CLIENTS, type EmbeddingClient } from "../clients/embedding-clients.ts";
import { PROVIDERS_UNDER_TEST } from "../providers.ts";
import { EMBEDDING_TOKENS } from "../stand-in/mends.ts";
import { VECTOR } from "../stand-in/scripts.ts";
import { catchError, checkHeaders, declare, type Suite, say, sentOf } from "./suite.ts";

/** Vectors of one text and of several, from every provider that makes them; the others refuse. */
export function declareEmbeddings(suite: Suite): void {
  for (const client of EMBEDDING_CLIENTS) {
    for (const { id, model, embeddingModel } of PROVIDERS_UNDER_TEST) {
      const place = { client: client.name, provider: id };
      if (embeddingModel === null) {
        declare(suite, { ...place, title: "refused by a provider without embeddings", isRefusal: true }, () =>
          checkRefusal(suite, client, `${id}/${model}`),
        );
        continue;
      }
      for (const count of [1, 3]) {
        declare(suite, { ...place, title: `vectors of ${count}` }, () =>
          checkVectors(suite, client, { provider: id, model: embeddingModel, count }),
        );
      }
    }
  }
}

interface Asked {
  provider: string;
  model: string;
  count: number;
}

async function checkVectors(suite: Suite, client: EmbeddingClient, { provider, model, count }: Asked): Promise<void> {
  const { text, callId } = say("vectors");
  const texts = Array.from({ length: count }, (_, at) => `${at} ${text}`);
  const { connected } = suite.gateways();
  const { vectors, inputTokens, header } = await client.embed(connected, `${provider}/${model}`, texts);
  expect(vectors).toEqual(texts.map(() => VECTOR));
  expect(inputTokens).toBe(EMBEDDING_TOKENS * count);
  checkHeaders(header, provider, model);
  const sent = JSON.stringify(sentOf(suite, callId).map(({ body }) => body));
  for (const one of texts) expect(sent).toContain(one);
  if (count > 1) return;
  const record = await connected.invocation(header("x-switchyard-invocation-id"));
  expect(record).toMatchObject({ provider, model, inputTokens: EMBEDDING_TOKENS * count });
}

async function checkRefusal(suite: Suite, client: EmbeddingClient, model: string): Promise<void> {
  const { text, callId } = say("vectors");
  const error = await catchError(client.readError, client.embed(suite.gateways().connected, model, [text]));
  expect(error).toMatchObject({
    className: expectedClass(client.name, "BadRequestError"),
    status: 400,
    code: "invalid_request",
  });
  expect(sentOf(suite, callId)).toEqual([]);
}
