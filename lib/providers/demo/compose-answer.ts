import type { Usage } from "#lib/gateway/contract/usage.ts";
import { ANSWERS, type Answer, answerGenerally } from "./answers.ts";
import { fitSchema } from "./fit-schema.ts";
import type { DemoRequest } from "./read-request.ts";
import { hashText, seededChoice } from "./seeded-choice.ts";

export interface DemoChoice {
  /** Null when the answer is a tool call. */
  content: string | null;
  toolCall: { id: string; name: string; arguments: string } | null;
  finishReason: "stop" | "length" | "tool_calls";
}

export interface DemoAnswer {
  /** The same for the same messages and function. */
  seed: number;
  choices: readonly DemoChoice[];
  usage: Usage;
}

/** English runs at about four characters a token: help.openai.com, "What are tokens and how to count them?". */
const CHARACTERS_PER_TOKEN = 4;
/** What an answer is made up from; more would only cost time. */
const MAX_READ_CHARACTERS = 20_000;
const MARK = "\n\n(Simulated answer: no provider is connected.)";

/** What the demo provider says. Same messages, same function, same options: same answer. */
export function composeAnswer(request: DemoRequest, functionSlug: string | null): DemoAnswer {
  const seed = hashText(`${functionSlug}\n${request.allText}`);
  const choices = Array.from({ length: request.choices }, (_, index) =>
    composeChoice(request, functionSlug, seed + index),
  );
  const outputTokens = choices.reduce(
    (sum, choice) => sum + countTokens(choice.content ?? choice.toolCall?.arguments ?? ""),
    0,
  );
  return {
    seed,
    choices,
    usage: {
      inputTokens: countTokens(request.allText),
      outputTokens,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
    },
  };
}

function composeChoice(request: DemoRequest, functionSlug: string | null, seed: number): DemoChoice {
  const input = { text: request.lastUserText.slice(0, MAX_READ_CHARACTERS), choice: seededChoice(seed) };
  const answerFunction =
    functionSlug !== null && Object.hasOwn(ANSWERS, functionSlug) ? ANSWERS[functionSlug] : undefined;
  const answer = (answerFunction ?? answerGenerally)(input);
  const known = "json" in answer ? answer.json : {};
  const { forcedTool, jsonSchema } = request;
  if (forcedTool) {
    const toolArguments = JSON.stringify(fitSchema(forcedTool.parameters ?? { type: "object" }, known));
    const id = `call_demo_${seed.toString(16)}`;
    return {
      content: null,
      toolCall: { id, name: forcedTool.name, arguments: toolArguments },
      finishReason: "tool_calls",
    };
  }
  return { ...cut(write(answer, jsonSchema), request), toolCall: null };
}

function write(answer: Answer, jsonSchema: unknown): string {
  if (jsonSchema === null) return "json" in answer ? JSON.stringify(answer.json) : answer.prose + MARK;
  const known = "json" in answer ? answer.json : { answer: answer.prose };
  const isAnyJson = Object.keys(jsonSchema as object).length === 0;
  return JSON.stringify(isAnyJson ? known : fitSchema(jsonSchema, known));
}

/** Ends the text before a stop sequence, or where the caller's limit of tokens is reached. */
function cut(text: string, { stop, maxTokens }: DemoRequest): Pick<DemoChoice, "content" | "finishReason"> {
  const ends = stop.map((sequence) => text.indexOf(sequence)).filter((index) => index >= 0);
  const stopped = text.slice(0, Math.min(text.length, ...ends));
  const limit = (maxTokens ?? Number.POSITIVE_INFINITY) * CHARACTERS_PER_TOKEN;
  if (stopped.length <= limit) return { content: stopped, finishReason: "stop" };
  return { content: stopped.slice(0, limit), finishReason: "length" };
}

function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
