import { expect } from "vitest";
import type { Tool } from "../clients/client.ts";
import { AFTER_TOOLS, HELLO, OSLO, PLACE, ROME, THOUGHT, TOLD_USAGE } from "../stand-in/fixtures.ts";
import type { Case, Seen } from "./case.ts";

const WEATHER: Tool = {
  name: OSLO.name,
  description: "The weather of a city",
  schema: object({ city: "string" }),
};
const TIME: Tool = { name: ROME.name, description: "The time in a city", schema: object({ city: "string" }) };
const TOOLS = [WEATHER, TIME];
const TOLD_TOOLS = TOOLS.map(({ name, description }) => ({ name, description, properties: ["city"] }));
const PLACE_SCHEMA = object({ name: "string", country: "string", inhabitants: "number" });

/** A red dot. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==";
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF").toString("base64");

function object(properties: Record<string, "string" | "number">): Tool["schema"] {
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).map(([name, type]) => [name, { type }])),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const whole = { isStream: false };
const stream = { isStream: true };

function checkText({ answer }: Seen): void {
  expect(answer).toMatchObject({ text: HELLO, toolCalls: [], finish: "stop", usage: TOLD_USAGE });
}

function checkPieces({ answer }: Seen): void {
  expect(answer.pieces).toBeGreaterThan(1);
}

/** Calls, then their results, then the answer that they lead to. */
async function checkToolRound({ answer, told }: Seen, calls: readonly (typeof OSLO)[], results: readonly string[]) {
  expect(answer.toolCalls.map(({ name, input }) => ({ name, input }))).toEqual(calls);
  expect(new Set(answer.toolCalls.map(({ id }) => id)).size).toBe(calls.length);
  expect(answer).toMatchObject({ finish: "tool-calls", usage: TOLD_USAGE });
  expect(told()[0]?.tools).toEqual(TOLD_TOOLS);
  const last = await answer.reply(results);
  expect(last).toMatchObject({ text: AFTER_TOOLS, toolCalls: [], finish: "stop", usage: TOLD_USAGE });
  const second = told()[1];
  expect(second?.toolCalls.map(({ name, input }) => ({ name, input }))).toEqual(calls);
  const answered = second?.toolResults.map((result) => ({
    name: second.toolCalls.find(({ id }) => id === result.answers)?.name ?? result.answers,
    text: result.text,
  }));
  expect(answered).toEqual(calls.map(({ name }, at) => ({ name, text: results[at] })));
}

/** Refused in the provider's own words: the client did not send back what it was given. */
async function checkLostThoughts({ answer, client }: Seen): Promise<void> {
  const [outcome] = await Promise.allSettled([answer.reply(RESULTS.slice(0, 1))]);
  expect(outcome.status).toBe("rejected");
  const error = client.readError((outcome as PromiseRejectedResult).reason);
  expect(error).toMatchObject({ status: 400, code: "invalid_request" });
  expect(error.message).toContain("must begin with a `thinking` block");
}

const RESULTS = ['{"celsius":4,"sky":"clear ☀"}', "18:30"];

/** Held with every client, against every provider. */
export const CONVERSATION_CASES: readonly Case[] = [
  {
    title: "an answer, with its finish reason and its usage",
    fixture: "text",
    isOnRecord: true,
    question: { ...whole, system: "Be brief.", temperature: 0.3, maxTokens: 300 },
    check(seen) {
      checkText(seen);
      const [told] = seen.told();
      expect(told).toMatchObject({ system: "Be brief.", temperature: 0.3, maxTokens: 300, tools: [], schema: null });
      expect(told?.turns).toHaveLength(1);
    },
  },
  {
    title: "a streamed answer, piece by piece",
    fixture: "text",
    isOnRecord: true,
    question: stream,
    check(seen) {
      checkText(seen);
      checkPieces(seen);
    },
  },
  {
    title: "a conversation of several turns",
    fixture: "text",
    question: {
      ...whole,
      system: "Be brief.",
      earlier: [
        ["Hello?", "Hello — ✓"],
        ["Who?", "A model."],
      ],
    },
    check(seen) {
      checkText(seen);
      const [told] = seen.told();
      expect(told?.system).toBe("Be brief.");
      expect(told?.turns.slice(0, -1)).toEqual(["Hello?", "Hello — ✓", "Who?", "A model."]);
    },
  },
  {
    title: "a tool's call, and the answer to its result",
    fixture: "one tool",
    question: { ...whole, tools: TOOLS },
    check: (seen) => checkToolRound(seen, [OSLO], RESULTS.slice(0, 1)),
  },
  {
    title: "a tool's call in a stream, and the answer to its result",
    fixture: "one tool",
    question: { ...stream, tools: TOOLS },
    check: (seen) => checkToolRound(seen, [OSLO], RESULTS.slice(0, 1)),
  },
  {
    title: "parallel tool calls, and the answer to their results",
    fixture: "two tools",
    question: { ...whole, tools: TOOLS },
    check: (seen) => checkToolRound(seen, [OSLO, ROME], RESULTS),
  },
  {
    title: "parallel tool calls in a stream, and the answer to their results",
    fixture: "two tools",
    question: { ...stream, tools: TOOLS },
    check: (seen) => checkToolRound(seen, [OSLO, ROME], RESULTS),
  },
  {
    title: "a tool that has to be called",
    fixture: "one tool",
    question: { ...whole, tools: TOOLS, toolChoice: WEATHER.name },
    check({ answer, told }) {
      expect(answer.toolCalls).toMatchObject([OSLO]);
      expect(told()[0]?.toolChoice).toBe(WEATHER.name);
    },
  },
  {
    title: "one tool at a time",
    fixture: "one tool",
    ability: "one-tool-at-a-time",
    question: { ...whole, tools: TOOLS, isOneToolAtATime: true },
    check({ answer, told }) {
      expect(answer.toolCalls).toMatchObject([OSLO]);
      expect(told()[0]?.isOneToolAtATime).toBe(true);
    },
  },
  {
    title: "an image, byte for byte",
    fixture: "text",
    ability: "vision",
    question: { ...whole, image: { mediaType: "image/png", base64: PNG } },
    check(seen) {
      checkText(seen);
      expect(seen.told()[0]?.attachments).toEqual([PNG]);
    },
  },
  {
    title: "a PDF, byte for byte",
    fixture: "text",
    ability: "files",
    question: { ...whole, file: { name: "report.pdf", mediaType: "application/pdf", base64: PDF } },
    check(seen) {
      checkText(seen);
      expect(seen.told()[0]?.attachments).toEqual([PDF]);
    },
  },
  ...[whole, stream].map(
    (kind): Case => ({
      title: kind.isStream ? "streamed JSON that fits a schema" : "JSON that fits a schema",
      fixture: "json",
      question: { ...kind, schema: PLACE_SCHEMA },
      check({ answer, told }) {
        expect(JSON.parse(answer.text)).toEqual(PLACE);
        expect(answer).toMatchObject({ toolCalls: [], finish: "stop" });
        expect(told()[0]?.schema).toEqual(["name", "country", "inhabitants"]);
      },
    }),
  ),
  {
    title: "stop sequences",
    fixture: "text",
    ability: "stop",
    question: { ...whole, stop: ["END", "\n\n"] },
    check(seen) {
      checkText(seen);
      expect(seen.told()[0]?.stop).toEqual(["END", "\n\n"]);
    },
  },
  {
    title: "a seed",
    fixture: "text",
    ability: "seed",
    question: { ...whole, seed: 4_711 },
    check(seen) {
      checkText(seen);
      expect(seen.told()[0]?.seed).toBe(4_711);
    },
  },
  ...[whole, stream].map(
    (kind): Case => ({
      title: kind.isStream ? "a stream that a limit cuts short" : "an answer that a limit cuts short",
      fixture: "cut short",
      question: { ...kind, maxTokens: 20 },
      check({ answer, told }) {
        expect(answer).toMatchObject({ text: "This is all there is ro", finish: "length", usage: TOLD_USAGE });
        expect(told()[0]?.maxTokens).toBe(20);
      },
    }),
  ),
  ...[whole, stream].map(
    (kind): Case => ({
      title: kind.isStream ? "thinking in a stream" : "thinking",
      fixture: "thinking",
      ability: "reasoning",
      question: { ...kind, isReasoning: true },
      check(seen) {
        checkText(seen);
        expect(seen.answer.reasoning).toBe(seen.client.readsReasoning ? THOUGHT : "");
        expect(seen.told()[0]?.isReasoning).toBe(true);
      },
    }),
  ),
  ...[whole, stream].map(
    (kind): Case => ({
      title: kind.isStream
        ? "thinking before a tool's call in a stream, and the answer"
        : "thinking before a tool's call, and the answer",
      fixture: "thought tool",
      ability: "reasoning",
      question: { ...kind, isReasoning: true, tools: TOOLS },
      async check(seen) {
        expect(seen.answer.reasoning).toBe(seen.client.readsReasoning ? THOUGHT : "");
        if (seen.provider.wantsThoughtsBack && !seen.client.returnsReasoning) return checkLostThoughts(seen);
        await checkToolRound(seen, [OSLO], RESULTS.slice(0, 1));
        expect(seen.told().map(({ isReasoning }) => isReasoning)).toEqual([true, true]);
      },
    }),
  ),
  {
    title: "who asks, or a header that says who does not hear of it",
    fixture: "text",
    question: { ...whole, user: "user-4711" },
    check(seen) {
      checkText(seen);
      const leftOut = (seen.answer.header("x-switchyard-left-out") ?? "").split(", ").includes("user");
      const user = seen.told()[0]?.user;
      expect({ user, leftOut }).toEqual({ user: leftOut ? undefined : "user-4711", leftOut });
    },
  },
  {
    title: "a field of the client's own wire",
    fixture: "text",
    ability: "own-field",
    question: { ...whole, isOwnField: true },
    check(seen) {
      checkText(seen);
      expect(seen.told()[0]?.hasOwnField).toBe(true);
    },
  },
];
