import { expect } from "vitest";
import { within } from "#e2e/support/poll.ts";
import { expectedClass, FAILURE_CASES, type FailureCase } from "../cases/failures.ts";
import type { Client } from "../clients/client.ts";
import { CLIENTS } from "../clients/index.ts";
import { PROVIDERS_UNDER_TEST, type ProviderUnderTest } from "../providers.ts";
import { catchError, declare, type Suite, say, sentOf } from "./suite.ts";

/** What fails at a provider comes to the caller in its client's own errors; who leaves is followed by the provider's end. */
export function declareFailures(suite: Suite): void {
  for (const client of CLIENTS) {
    for (const provider of PROVIDERS_UNDER_TEST) {
      const place = { client: client.name, provider: provider.id };
      for (const one of FAILURE_CASES) {
        for (const isStream of one.isSlow ? [false] : [false, true]) {
          const title = isStream ? `${one.title}, in place of a stream` : one.title;
          declare(suite, { ...place, title }, () => checkFailure(suite, client, provider, one, isStream));
        }
      }
      const title = "a caller who leaves in the middle of a stream ends the provider's";
      declare(suite, { ...place, title }, () => checkAbort(suite, client, provider));
    }
  }
}

async function checkFailure(
  suite: Suite,
  client: Client,
  { id }: ProviderUnderTest,
  { fixture, status, className, code, attempts, check }: FailureCase,
  isStream: boolean,
): Promise<void> {
  const { text, callId } = say(fixture);
  // Each call its own model: one that fails again and again would be left alone for a while.
  const model = `${fixture}-${callId}`;
  const asking = client.ask(suite.gateways().connected, { model: `${id}/${model}`, text, isStream });
  const error = await catchError(client.readError, asking);
  expect(error).toMatchObject({ className: expectedClass(client.name, className), status, code });
  expect(error.header("x-switchyard-provider")).toBe(id);
  check?.(error);
  expect(sentOf(suite, callId)).toHaveLength(attempts);
}

const CUT_OFF_MS = 2_000;

async function checkAbort(suite: Suite, client: Client, { id, model }: ProviderUnderTest): Promise<void> {
  const { text, callId } = say("endless");
  const leaving = new AbortController();
  let pieces = 0;
  const question = { model: `${id}/${model}`, text, isStream: true, signal: leaving.signal };
  const onText = () => {
    pieces += 1;
    leaving.abort();
  };
  // How a client tells that its own caller left is its own business.
  await Promise.allSettled([client.ask(suite.gateways().connected, { ...question, onText })]);
  expect(pieces).toBeGreaterThan(0);
  const [request, ...others] = sentOf(suite, callId);
  expect(others).toEqual([]);
  await within("the provider's stream to end", CUT_OFF_MS, request?.cutOff ?? Promise.reject());
}
