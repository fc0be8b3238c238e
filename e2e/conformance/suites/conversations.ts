import { expect } from "vitest";
import type { Case } from "../cases/case.ts";
import { CONVERSATION_CASES } from "../cases/conversation.ts";
import { expectedClass } from "../cases/failures.ts";
import type { Client } from "../clients/client.ts";
import { CLIENTS } from "../clients/index.ts";
import { isRefused, PROVIDERS_UNDER_TEST, type ProviderUnderTest } from "../providers.ts";
import { readTold } from "../sent/read-told.ts";
import { TOLD_USAGE } from "../stand-in/fixtures.ts";
import { catchError, checkHeaders, declare, type Suite, say, sentOf } from "./suite.ts";

/** Every client asks every provider everything: it is answered as asked, or refused with the field named. */
export function declareConversations(suite: Suite): void {
  for (const client of CLIENTS) {
    for (const provider of PROVIDERS_UNDER_TEST) {
      for (const one of CONVERSATION_CASES) {
        const model = modelFor(provider, one);
        const reason = one.ability && client.lacks[one.ability];
        if (reason !== undefined) suite.tally.leaveOut(client.name, provider.id, one.title, reason);
        else declareCase(suite, client, provider, one, model);
      }
    }
  }
}

function modelFor(provider: ProviderUnderTest, { ability }: Case): string {
  return ability === "reasoning" ? provider.thinkingModel : provider.model;
}

function declareCase(suite: Suite, client: Client, provider: ProviderUnderTest, one: Case, model: string): void {
  const call = { suite, client, provider, one, model };
  const place = { client: client.name, provider: provider.id };
  const needs = [one.ability, client.alsoNeeds?.[one.fixture]].filter((ability) => ability !== undefined);
  const refused = needs.find((ability) => isRefused(provider, client.wire, ability));
  if (refused === undefined) declare(suite, { ...place, title: one.title }, () => checkAnswer(call));
  else {
    const title = `${one.title}: refused, with the field named`;
    declare(suite, { ...place, title, isRefusal: true }, () => checkRefusal(call, client.fields[refused]));
  }
}

interface Call {
  suite: Suite;
  client: Client;
  provider: ProviderUnderTest;
  one: Case;
  model: string;
}

async function checkAnswer({ suite, client, provider, one, model }: Call): Promise<void> {
  const { text, callId } = say(one.fixture);
  const { connected } = suite.gateways();
  const answer = await client.ask(connected, { ...one.question, model: `${provider.id}/${model}`, text });
  checkHeaders(answer.header, provider.id, model);
  const told = () => sentOf(suite, callId).map(readTold);
  expect(told().map((request) => request.model)).toEqual([model]);
  expect(sentOf(suite, callId)[0]?.provider).toBe(provider.id);
  await one.check({ client, provider, answer, told });
  if (!one.isOnRecord) return;
  const record = await connected.invocation(answer.header("x-switchyard-invocation-id"));
  expect(record).toMatchObject({
    provider: provider.id,
    model,
    status: "succeeded",
    isStream: one.question.isStream === true,
    isSimulated: false,
    ...TOLD_USAGE,
  });
}

async function checkRefusal({ suite, client, provider, one, model }: Call, field: RegExp): Promise<void> {
  const { text, callId } = say(one.fixture);
  const asking = client.ask(suite.gateways().connected, { ...one.question, model: `${provider.id}/${model}`, text });
  const error = await catchError(client.readError, asking);
  expect(error).toMatchObject({
    className: expectedClass(client.name, "BadRequestError"),
    status: 400,
    code: "invalid_request",
    param: expect.stringMatching(field),
  });
  expect(error.message).toContain(model);
  expect(error.header("x-should-retry")).toBe("false");
  expect(sentOf(suite, callId)).toEqual([]);
}
