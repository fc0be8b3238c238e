import type { Fixture, FixtureResponse } from "@copilotkit/aimock";
import { VECTOR } from "./scripts.ts";

/** What the stand-in says in each case, whichever provider it stands in for; a case is named in the user's text. */

/** OpenAI's names: aimock gives each provider its own. */
const USAGE = { prompt_tokens: 21, completion_tokens: 9 };
export const TOLD_USAGE = { inputTokens: 21, outputTokens: 9 };

export const HELLO = "Hällo from the other side ✓ — “quoted”, 日本語, and a line\nbreak with a \\ backslash.";
export const THOUGHT = "The user greets me, so a greeting is due.";
export const PLACE = { name: "Oslo", country: "Norway", inhabitants: 717_710 };
export const OSLO = { name: "get_weather", input: { city: "Oslo" } };
export const ROME = { name: "get_time", input: { city: "Roma ✓" } };
export const AFTER_TOOLS = "It is 4 °C in Oslo, and 18:30 in Rome.";
/** Takes the stand-in six seconds to say: the caller leaves long before its end. */
const ENDLESS = "on and on and on and ".repeat(120);
const ENDLESS_PACE = { chunkSize: 21, latency: 50 };

interface CaseFixture {
  name: string;
  response: Exclude<Fixture["response"], FixtureResponse> | FixtureResponse;
  /** Of what follows the tools' results. */
  afterTools?: FixtureResponse;
  pace?: { chunkSize: number; latency: number };
}

const text = (content: string, more: object = {}): FixtureResponse => ({ content, usage: USAGE, ...more });
const calls = (tools: { name: string; input: object }[], more: object = {}): CaseFixture["response"] => {
  const toolCalls = tools.map(({ name, input }) => ({
    id: `call_${name}`,
    name,
    arguments: JSON.stringify(input),
  }));
  // Gemini calls it STOP, whatever aimock has by itself.
  return ({ model }) => ({ toolCalls, usage: USAGE, ...more, ...(/gemini/.test(model) && { finishReason: "STOP" }) });
};

const CASES: readonly CaseFixture[] = [
  { name: "text", response: text(HELLO) },
  { name: "one tool", response: calls([OSLO]), afterTools: text(AFTER_TOOLS) },
  { name: "two tools", response: calls([OSLO, ROME]), afterTools: text(AFTER_TOOLS) },
  { name: "thought tool", response: calls([OSLO], { reasoning: THOUGHT }), afterTools: text(AFTER_TOOLS) },
  {
    name: "json",
    // A library that has no schema in its wire asks for a call of a tool of this name.
    response: (request) =>
      request.tools?.some(({ function: fn }) => fn.name === "json")
        ? { toolCalls: [{ id: "call_json", name: "json", arguments: JSON.stringify(PLACE) }], usage: USAGE }
        : { content: JSON.stringify(PLACE), usage: USAGE },
  },
  { name: "cut short", response: text("This is all there is ro", { finishReason: "length" }) },
  { name: "thinking", response: text(HELLO, { reasoning: THOUGHT }) },
  { name: "endless", response: text(ENDLESS), pace: ENDLESS_PACE },
  {
    name: "busy",
    // Longer than any call waits, so that it is told at once.
    response: { status: 429, retryAfter: 3_600, error: { message: "Slow down.", type: "rate_limit_error" } },
  },
  { name: "broken", response: { status: 500, error: { message: "Something broke.", type: "server_error" } } },
  {
    name: "refused",
    response: {
      status: 400,
      error: { message: "temperature: must be below 1.", type: "invalid_request_error", param: "temperature" },
    },
  },
];

export const FIXTURES: readonly Fixture[] = [
  ...CASES.flatMap(({ name, response, afterTools, pace }): Fixture[] => [
    ...(afterTools === undefined ? [] : [{ match: { ...said(name), hasToolResult: true }, response: afterTools }]),
    { match: said(name), response, ...pace },
  ]),
  { match: { inputText: "call:", endpoint: "embedding" }, response: { embedding: [...VECTOR] } },
];

function said(name: string): Fixture["match"] {
  return { userMessage: `(case:${name};` };
}
