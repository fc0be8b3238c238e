import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ClientError } from "../clients/client.ts";
import type { Gateways } from "../open-gateways.ts";
import type { SentRequest } from "../stand-in/sent-request.ts";
import type { Tally } from "../tally.ts";

/** What the parts of the suite are declared with. The gateways are there once the tests run. */
export interface Suite {
  gateways(): Gateways;
  tally: Tally;
}

interface Place {
  client: string;
  provider: string;
  title: string;
  isRefusal?: boolean;
}

/** One case of one client at one provider: a test, and a place in the table. */
export function declare(
  { tally }: Suite,
  { client, provider, title, isRefusal = false }: Place,
  run: () => Promise<void>,
): void {
  const pass = tally.expect(client, provider, isRefusal);
  test.concurrent(`${client} → ${provider}: ${title}`, async () => {
    await run();
    pass();
  });
}

/** What the user says: the stand-in knows the case by it, and the journal the call. */
export function say(fixture: string): { text: string; callId: string } {
  const callId = randomUUID();
  return { text: `Please answer. (case:${fixture}; call:${callId})`, callId };
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The headers that every answer carries. */
export function checkHeaders(header: (name: string) => string | null, provider: string, model: string): void {
  expect(header("x-switchyard-invocation-id")).toMatch(UUID_V7);
  expect({
    provider: header("x-switchyard-provider"),
    model: header("x-switchyard-model"),
    attempts: header("x-switchyard-attempts"),
  }).toEqual({ provider, model, attempts: "1" });
}

/** What a client threw; one that threw nothing fails the test. */
export async function catchError(
  read: (error: unknown) => ClientError,
  asking: Promise<unknown>,
): Promise<ClientError> {
  const [outcome] = await Promise.allSettled([asking]);
  if (outcome.status === "fulfilled") throw new Error("The call was answered; an error was expected.");
  return read(outcome.reason);
}

/** The requests of one call that reached the stand-in. */
export function sentOf(suite: Suite, callId: string): readonly SentRequest[] {
  return suite.gateways().standIn.sent(callId);
}
