import { expect } from "vitest";
import { expectedClass } from "../cases/failures.ts";
import { checkFunction, REFUSAL_CASES, type RefusalCase } from "../cases/gateway.ts";
import { anthropic } from "../clients/anthropic-messages.ts";
import type { Client } from "../clients/client.ts";
import { CLIENTS } from "../clients/index.ts";
import { openAi } from "../clients/openai.ts";
import { PROVIDERS_UNDER_TEST } from "../providers.ts";
import { COUNTED_TOKENS } from "../stand-in/scripts.ts";
import { catchError, declare, type Suite, say, sentOf } from "./suite.ts";

const GATEWAY = "gateway";

/** What the gateway says itself, and the parts of its wires that are no conversation. */
export function declareOwnAnswers(suite: Suite): void {
  for (const client of CLIENTS) {
    for (const one of REFUSAL_CASES) {
      const reason = one.lacks?.(client) ?? null;
      const place = { client: client.name, provider: GATEWAY, title: one.title };
      if (reason !== null) suite.tally.leaveOut(client.name, GATEWAY, one.title, reason);
      else declare(suite, place, () => checkRefusal(suite, client, one));
    }
    for (const isStream of [false, true]) {
      const title = isStream ? "a function by its name, as a stream" : "a function by its name";
      declare(suite, { client: client.name, provider: GATEWAY, title }, () =>
        checkFunction(client, suite.gateways().connected, { text: say("text").text, isStream }),
      );
    }
  }
  declareLists(suite);
  declareCounts(suite);
}

async function checkRefusal(suite: Suite, client: Client, one: RefusalCase): Promise<void> {
  const { text, callId } = say("text");
  const { baseUrl, apiKey } = suite.gateways().connected;
  const gateway = { baseUrl, apiKey: one.apiKey ?? apiKey };
  const asking = client.ask(gateway, { model: "openai/gpt-4.1", ...one.question, text });
  const error = await catchError(client.readError, asking);
  const { status, code, param } = one;
  const className = expectedClass(client.name, one.className);
  expect(error).toMatchObject({ className, status, code, ...(param && { param }) });
  expect(error.header("x-should-retry")).toBe("false");
  expect(sentOf(suite, callId)).toEqual([]);
}

const LISTED = ["email-classification", ...PROVIDERS_UNDER_TEST.slice(0, 6).map(({ id, model }) => `${id}/${model}`)];

function declareLists(suite: Suite): void {
  const title = "the functions and models that the key may call";
  declare(suite, { client: "openai · chat", provider: GATEWAY, title }, async () => {
    const { data } = await openAi(suite.gateways().connected, fetch).models.list();
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(LISTED));
  });
  declare(suite, { client: "@anthropic-ai/sdk · messages", provider: GATEWAY, title }, async () => {
    const ids: string[] = [];
    for await (const { id } of anthropic(suite.gateways().connected, fetch).models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(LISTED));
  });
  declareLookUps(suite);
}

function declareLookUps(suite: Suite): void {
  const title = "one of what the key may call, by its name";
  const missing = "openai/nothing";
  declare(suite, { client: "openai · chat", provider: GATEWAY, title }, async () => {
    const { models } = openAi(suite.gateways().connected, fetch);
    for (const id of LISTED) expect(await models.retrieve(id)).toMatchObject({ id, object: "model" });
    await expect(models.retrieve(missing)).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  });
  declare(suite, { client: "@anthropic-ai/sdk · messages", provider: GATEWAY, title }, async () => {
    const { models } = anthropic(suite.gateways().connected, fetch);
    for (const id of LISTED) expect(await models.retrieve(id)).toMatchObject({ id, type: "model" });
    await expect(models.retrieve(missing)).rejects.toMatchObject({ status: 404 });
  });
}

/** The provider's own count where it counts, else about as many. */
function declareCounts(suite: Suite): void {
  const counts = new Set(["anthropic", "vllm"]);
  for (const { id, model } of PROVIDERS_UNDER_TEST) {
    const title = counts.has(id) ? "the provider's count of tokens" : "an estimated count of tokens";
    declare(suite, { client: "@anthropic-ai/sdk · messages", provider: id, title }, async () => {
      const { text, callId } = say("text");
      const request = { model: `${id}/${model}`, messages: [{ role: "user" as const, content: text }] };
      const client = anthropic(suite.gateways().connected, fetch);
      const { data, response } = await client.messages.countTokens(request).withResponse();
      const isEstimated = response.headers.get("x-switchyard-estimated") === "true";
      expect(isEstimated).toBe(!counts.has(id));
      if (isEstimated) expect(data.input_tokens).toBeGreaterThan(10);
      else expect(data).toEqual({ input_tokens: COUNTED_TOKENS });
      expect(sentOf(suite, callId).map(({ body }) => body.model)).toEqual(isEstimated ? [] : [model]);
    });
  }
}
