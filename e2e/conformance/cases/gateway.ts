import { expect } from "vitest";
import type { Client, Gateway, Question } from "../clients/client.ts";
import { HELLO, TOLD_USAGE } from "../stand-in/fixtures.ts";

/** What the gateway refuses by itself, before any provider is asked. */
export interface RefusalCase {
  title: string;
  status: number;
  className: string;
  code: string;
  param?: string;
  question: Partial<Question>;
  /** Not the key that every other call has. */
  apiKey?: string;
  /** Why a client never gets there. */
  lacks?(client: Client): string | null;
}

export const REFUSAL_CASES: readonly RefusalCase[] = [
  {
    title: "a key that nobody made",
    status: 401,
    className: "AuthenticationError",
    code: "invalid_api_key",
    question: { model: "openai/gpt-4.1" },
    apiKey: "sy_nobody_made_this_key",
  },
  {
    title: "a function that there is not",
    status: 404,
    className: "NotFoundError",
    code: "function_not_found",
    param: "model",
    question: { model: "no-such-function" },
  },
  {
    title: "a model of a provider that there is not",
    status: 404,
    className: "NotFoundError",
    code: "model_not_found",
    param: "model",
    question: { model: "nobody/some-model" },
  },
  {
    title: "a field of the wrong kind",
    status: 400,
    className: "BadRequestError",
    code: "invalid_request",
    param: "temperature",
    question: { model: "openai/gpt-4.1", temperature: "warm" as unknown as number },
    lacks: ({ name }) => (name.startsWith("ai ") ? "the ai package checks the kinds of its settings itself" : null),
  },
];

/** A function called by its slug: the platform picks the model, and the answer says which. Held until it is whole. */
export async function checkFunction(client: Client, gateway: Gateway, question: Partial<Question>): Promise<void> {
  const answer = await client.ask(gateway, { model: "email-classification", text: "", ...question });
  expect(answer.header("x-switchyard-function")).toBe("email-classification");
  expect(answer.header("x-switchyard-provider")).toMatch(/^[a-z-]+$/);
  expect(answer).toMatchObject({ text: HELLO, finish: "stop", usage: TOLD_USAGE });
}
