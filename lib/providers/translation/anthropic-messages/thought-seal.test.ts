import { describe, expect, test } from "vitest";
import { MESSAGES_MARK } from "#lib/gateway/contract/kept-thought.ts";
import type { TranslationTarget } from "../codec.ts";
import { readRedacted, readThought, writeSignature } from "./thought-seal.ts";

const CLAUDE: TranslationTarget = { kind: "anthropic", model: "claude-x" };
const BEDROCK: TranslationTarget = { kind: "amazon-bedrock", model: "claude-x" };
const GEMINI: TranslationTarget = { kind: "google", model: "gemini-x" };
const OPENAI: TranslationTarget = { kind: "openai-responses", model: "gpt-x" };
const DEEPSEEK: TranslationTarget = { kind: "openai-compatible", model: "deepseek-x" };

const thought = (signature: string) => ({ type: "thinking" as const, thinking: "Hm", signature });

describe("a thought that the caller gives back", () => {
  test.each([
    ["Claude's", CLAUDE, { anthropic: { signature: "EqoB" } }],
    ["Claude's at Bedrock", BEDROCK, { amazonBedrock: { signature: "EqoB" } }],
    ["Gemini's", GEMINI, { google: { thoughtSignature: "CqMB" } }],
    ["OpenAI's", OPENAI, { openai: { itemId: "rs_1", reasoningEncryptedContent: "gAAA" } }],
  ])("is sealed as before: %s", (_, target, metadata) => {
    const signature = writeSignature(metadata, target);
    expect(readThought(thought(signature), target)).toEqual({
      type: "reasoning",
      text: "Hm",
      providerOptions: metadata,
    });
  });

  test("without a seal goes to the very model that had it", () => {
    const signature = writeSignature(undefined, DEEPSEEK);
    expect(readThought(thought(signature), DEEPSEEK)).toEqual({ type: "reasoning", text: "Hm" });
    expect(readThought(thought(signature), { ...DEEPSEEK, model: "other" })).toBeNull();
  });

  test("is not shown to other providers", () => {
    expect(readThought(thought("EqoB"), GEMINI)).toBeNull();
    expect(readThought(thought(writeSignature({ google: { thoughtSignature: "C" } }, GEMINI)), OPENAI)).toBeNull();
    expect(readRedacted("data", GEMINI)).toBeNull();
    expect(readRedacted("data", CLAUDE)).toMatchObject({ providerOptions: { anthropic: { redactedData: "data" } } });
  });

  test("is known for another's by its mark, for Anthropic not to be sent it", () => {
    expect(writeSignature({ google: { thoughtSignature: "C" } }, GEMINI).startsWith(MESSAGES_MARK)).toBe(true);
    expect(writeSignature(undefined, DEEPSEEK).startsWith(MESSAGES_MARK)).toBe(true);
    expect(writeSignature({ anthropic: { signature: "EqoB" } }, CLAUDE)).toBe("EqoB");
  });

  test.each([
    "",
    `${MESSAGES_MARK}`,
    `${MESSAGES_MARK}!!!`,
    `${MESSAGES_MARK}${Buffer.from("[1]").toString("base64url")}`,
  ])("with a seal that is none is left out: %j", (signature) => {
    for (const target of [CLAUDE, GEMINI, DEEPSEEK]) expect(readThought(thought(signature), target)).toBeNull();
  });
});
