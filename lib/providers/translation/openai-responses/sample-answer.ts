import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";
import type { AnswerContext, AnswerPart } from "../codec.ts";
import { openStream } from "./open-stream.ts";

/** For tests: parts of answers, and what is written of them. */

export const TOOL = { type: "function", name: "look_up", parameters: { type: "object" }, strict: true };

export const CONTEXT: AnswerContext = {
  body: { input: "Hello", instructions: "Be brief.", tools: [TOOL], temperature: 0.5, metadata: { feature: "inbox" } },
  target: { kind: "anthropic", model: "claude-sonnet-5" },
  id: "abc123",
  createdAtMs: 1_700_000_000_999,
};

export const USAGE = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 3, cacheWrite: 1 },
  outputTokens: { total: 7, text: 4, reasoning: 3 },
};

export const SEAL = { anthropic: { signature: "c2VhbA==" } };

type Unified = Extract<AnswerPart, { type: "finish" }>["finishReason"]["unified"];
export const finish = (unified: Unified): AnswerPart => ({
  type: "finish",
  usage: USAGE,
  finishReason: { unified, raw: unified },
});

export const TEXT: AnswerPart[] = [
  { type: "text-start", id: "0" },
  { type: "text-delta", id: "0", delta: "Hé" },
  { type: "text-delta", id: "0", delta: "llo" },
  { type: "text-end", id: "0" },
];

export const THOUGHT: AnswerPart[] = [
  { type: "reasoning-start", id: "0" },
  { type: "reasoning-delta", id: "0", delta: "Hm" },
  { type: "reasoning-delta", id: "0", delta: "m." },
  { type: "reasoning-delta", id: "0", delta: "", providerMetadata: SEAL },
  { type: "reasoning-end", id: "0" },
];

export const CALL: AnswerPart[] = [
  { type: "tool-input-start", id: "call_1", toolName: "look_up" },
  { type: "tool-input-delta", id: "call_1", delta: '{"city":' },
  { type: "tool-input-delta", id: "call_1", delta: '"Bern"}' },
  { type: "tool-input-end", id: "call_1" },
  { type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: '{"city":"Bern"}' },
];

export function write(parts: readonly AnswerPart[], context = CONTEXT) {
  const writer = openStream(context);
  return parts.flatMap((part) => writer.write(part));
}

export const read = (parts: readonly AnswerPart[]): ResponseStreamEvent[] =>
  write(parts).map(({ data }) => JSON.parse(data));

export function lastResponse(parts: readonly AnswerPart[]): Response {
  return (read(parts).at(-1) as { response: Response }).response;
}
