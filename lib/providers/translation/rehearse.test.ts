import { describe, expect, test } from "vitest";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { FAKE_ANSWERS } from "./fake-answers.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

async function ask(kind: TranslationKind, model: string, body: WireBody, isStream = false) {
  const { whole, stream, streamType } = FAKE_ANSWERS[kind];
  const transport = fakeTransport(() =>
    isStream ? { headers: { "content-type": streamType }, body: Buffer.concat(stream) } : { body: whole },
  );
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-chat": OPENAI_CHAT_CODEC });
  const messages = [{ role: "user", content: "Hello" }];
  const answer = await provider.call(fakeRequest({ model, isStream, body: { messages, ...body } }));
  return { answer, sent: transport.sent.map(({ body }) => JSON.parse(body)) };
}

const CLAUDE = "claude-sonnet-4-5";
const ON_BEDROCK = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

describe("what a library would leave out is known before anything is paid for", () => {
  test.each([
    ["anthropic", CLAUDE, { temperature: 1.2 }, "temperature"],
    ["anthropic", CLAUDE, { temperature: 0.5, top_p: 0.9 }, "top_p"],
    ["anthropic", CLAUDE, { temperature: 0.5, reasoning_effort: "low" }, "temperature"],
    ["amazon-bedrock", ON_BEDROCK, { temperature: 1.2 }, "temperature"],
    ["openai-responses", "gpt-5", { temperature: 0.5 }, "temperature"],
    ["azure-openai", "gpt-5", { temperature: 0.5 }, "temperature"],
  ] as const)("%s %s %j", async (kind, model, body, param) => {
    for (const isStream of [false, true]) {
      const { answer, sent } = await ask(kind, model, body, isStream);
      expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unsupported", param } });
      expect(sent).toEqual([]);
    }
  });
});

test.each(TRANSLATION_KINDS)("over %s a setting that it takes is sent once", async (kind) => {
  const { answer, sent } = await ask(kind, "a-model", { temperature: 0.5 });
  expect(answer.kind).toBe("answer");
  expect(sent).toHaveLength(1);
  expect(JSON.stringify(sent)).toContain('"temperature":0.5');
});

describe("a default that is said anyway is no setting", () => {
  test.each([
    ["anthropic", CLAUDE, { temperature: 0.5, top_p: 1 }],
    ["anthropic", CLAUDE, { temperature: 1, reasoning_effort: "low" }],
    ["amazon-bedrock", ON_BEDROCK, { temperature: 1, top_p: 0.9 }],
    ["openai-responses", "gpt-5", { temperature: 1, top_p: 1 }],
  ] as const)("%s %s %j", async (kind, model, body) => {
    const { answer, sent } = await ask(kind, model, body);
    expect(answer.kind).toBe("answer");
    expect(JSON.stringify(sent)).not.toMatch(/"(temperature|top_p|topP)":1\b/);
  });

  test("but where it is another, it is", async () => {
    const { sent } = await ask("cohere", "command-a-03-2025", { top_p: 1 });
    expect(sent).toMatchObject([{ p: 1 }]);
  });
});
