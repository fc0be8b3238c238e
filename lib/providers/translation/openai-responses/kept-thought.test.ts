import { expect, test } from "vitest";
import { TRANSLATION_KINDS, type TranslationKind } from "../../registry/entry.ts";
import { keepThought } from "./kept-thought.ts";
import { readPrompt } from "./read-prompt.ts";
import type { InputItem } from "./request.ts";

const prompt = (input: InputItem[], kind: TranslationKind) => readPrompt({ input }, { kind, model: "a-model" });

const seal = { by: "anthropic", value: "c2VhbA==", isRedacted: false, id: null } as const;
const thought = (model: string, kept: Partial<Parameters<typeof keepThought>[0]> = {}) => ({
  type: "reasoning",
  id: "rs_1",
  summary: [{ type: "summary_text", text: "Hm." }],
  encrypted_content: keepThought({ model, seal: null, callId: null, ...kept }),
});

test("a sealed thought goes back to whoever sealed it, and to nobody else", () => {
  const input = [thought("claude", { seal }), { role: "assistant", content: "Hi" }];
  const text = { type: "text", text: "Hi" };
  const options = { anthropic: { signature: "c2VhbA==" } };
  for (const kind of TRANSLATION_KINDS) {
    const first: unknown = prompt(input, kind)[0]?.content[0];
    if (kind === "anthropic") expect(first).toEqual({ type: "reasoning", text: "Hm.", providerOptions: options });
    else if (kind === "amazon-bedrock") expect(first).toMatchObject({ type: "reasoning" });
    else expect(first).toEqual(text);
  }
});

test("a thought without a seal goes back to the model that had it", () => {
  expect(prompt([thought("a-model")], "openai-compatible")).toEqual([
    { role: "assistant", content: [{ type: "reasoning", text: "Hm." }] },
  ]);
  expect(prompt([thought("another")], "openai-compatible")).toEqual([]);
  expect(prompt([thought("a-model")], "anthropic")).toEqual([]);
});

test("a thought that another provider encrypted is left out, and so is one that was tampered with", () => {
  const foreign = { ...thought("m"), encrypted_content: "gAAAAABo" };
  const broken = { ...thought("m"), encrypted_content: `${thought("m").encrypted_content.slice(0, 20)}!!` };
  expect(prompt([foreign, broken, { ...foreign, encrypted_content: null }], "anthropic")).toEqual([]);
});

test("a call's seal finds its call", () => {
  const sealed = thought("gemini", { seal: { ...seal, by: "google" }, callId: "c" });
  const input = [sealed, { type: "function_call", call_id: "c", name: "f", arguments: "{}" }];
  expect(prompt(input, "google")[0]?.content).toMatchObject([
    { type: "tool-call", providerOptions: { google: { thoughtSignature: "c2VhbA==" } } },
  ]);
  expect(prompt(input, "anthropic")[0]?.content).toEqual([
    { type: "tool-call", toolCallId: "c", toolName: "f", input: {} },
  ]);
});
