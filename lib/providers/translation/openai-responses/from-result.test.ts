import type { LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { OPENAI_RESPONSES_WIRE } from "#lib/gateway/wires/openai-responses/index.ts";
import type { AnswerPart } from "../codec.ts";
import { TRANSLATIONS } from "../features.ts";
import { fromResult } from "./from-result.ts";
import { CALL, CONTEXT, finish, lastResponse, SEAL, TEXT, THOUGHT, USAGE } from "./sample-answer.ts";
import { toCallOptions } from "./to-call-options.ts";

test("a whole answer is the response that its stream would have ended with", () => {
  const result = {
    content: [
      { type: "reasoning", text: "Hmm.", providerMetadata: SEAL },
      { type: "text", text: "Héllo" },
      { type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: '{"city":"Bern"}' },
    ],
    finishReason: { unified: "tool-calls", raw: "tool_use" },
    usage: USAGE,
    warnings: [],
  } satisfies LanguageModelV4GenerateResult;
  expect(fromResult(result, CONTEXT)).toEqual(lastResponse([...THOUGHT, ...TEXT, ...CALL, finish("tool-calls")]));
});

describe("what a model thought comes back to it with the next turn", () => {
  const nextTurn = (parts: readonly AnswerPart[], kind: "anthropic" | "google") => {
    const { output } = lastResponse([...parts, finish("stop")]);
    const { hints } = OPENAI_RESPONSES_WIRE.parse(new TextEncoder().encode(JSON.stringify({ input: output })));
    const readers = hints.flatMap(({ thought }) => thought?.readers ?? []);
    expect(readers.length).toBeGreaterThan(0);
    expect(TRANSLATIONS[kind].thoughts).toEqual(expect.arrayContaining(readers));
    return toCallOptions({ input: [...output] }, { kind, model: CONTEXT.target.model }).prompt;
  };

  test("with its seal, to the letter", () => {
    expect(nextTurn([...THOUGHT, ...TEXT], "anthropic")).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hmm.", providerOptions: SEAL },
          { type: "text", text: "Héllo" },
        ],
      },
    ]);
  });

  test("when it is all seal", () => {
    const providerMetadata = { anthropic: { redactedData: "hidden" } };
    const parts: AnswerPart[] = [
      { type: "reasoning-start", id: "0", providerMetadata },
      { type: "reasoning-end", id: "0" },
      ...TEXT,
    ];
    expect(nextTurn(parts, "anthropic")[0]?.content).toMatchObject([
      { type: "reasoning", text: "", providerOptions: providerMetadata },
      {},
    ]);
  });

  test.each(["start", "call"])("when the seal is on a call, told of at its %s", (at) => {
    const providerMetadata = { google: { thoughtSignature: "c2VhbA==" } };
    const parts = CALL.map((part) =>
      part.type === (at === "start" ? "tool-input-start" : "tool-call") ? { ...part, providerMetadata } : part,
    ) as AnswerPart[];
    expect(nextTurn(parts, "google")[0]?.content).toMatchObject([
      { type: "tool-call", providerOptions: providerMetadata },
    ]);
  });
});
